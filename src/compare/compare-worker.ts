import { serve } from "../markdown/serve.ts";
import { compareTexts } from "./compare.ts";
import type { Texts } from "./safely.ts";

serve(({ before, after }: Texts) => compareTexts(before, after));
