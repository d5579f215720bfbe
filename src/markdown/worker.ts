import { renderMarkdown } from "./render.ts";
import { serve } from "./serve.ts";

serve(renderMarkdown);
