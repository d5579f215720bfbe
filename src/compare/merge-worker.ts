import { serve } from "../markdown/serve.ts";
import { mergeTexts } from "./merge.ts";
import type { Changes } from "./safely.ts";

serve(({ base, mine, theirs }: Changes) => mergeTexts(base, mine, theirs));
