import highlighter from "highlight.js/lib/common";
import dockerfile from "highlight.js/lib/languages/dockerfile";
import http from "highlight.js/lib/languages/http";
import nginx from "highlight.js/lib/languages/nginx";
import powershell from "highlight.js/lib/languages/powershell";
import type { MarkdownIt } from "markdown-it";

/** Above this length (UTF-16 units) code stays plain: 20 KB of JavaScript take 77 ms to colour. */
const LONGEST_COLOURED = 50_000;

highlighter.registerLanguage("dockerfile", dockerfile);
highlighter.registerLanguage("http", http);
highlighter.registerLanguage("nginx", nginx);
highlighter.registerLanguage("powershell", powershell);

const LANGUAGES = new Map(
  highlighter
    .listLanguages()
    .flatMap((language) =>
      [language, ...(highlighter.getLanguage(language)?.aliases ?? [])].map((name) => [name, language] as const),
    ),
);

/** Code blocks: coloured by class names when the fence names a known language, plain otherwise; never guessed. */
export const codeBlocks = (md: MarkdownIt): void => {
  const { escapeHtml } = md.utils;
  md.renderer.rules.fence = (tokens, index) => {
    const { info = "", content = "" } = tokens[index] ?? {};
    const language = knownLanguage(info);
    if (language === undefined || content.length > LONGEST_COLOURED) return block("", escapeHtml(content));
    const { value } = highlighter.highlight(content, { language, ignoreIllegals: true });
    return block(` class="hljs language-${language}"`, value);
  };
  md.renderer.rules.code_block = (tokens, index) => block("", escapeHtml(tokens[index]?.content ?? ""));
};

/** Focusable, so that long lines can be scrolled by keyboard. */
const block = (attributes: string, html: string): string =>
  `<pre tabindex="0"><code${attributes}>${html}</code></pre>\n`;

/** Our own name of the language a fence names: nothing a writer typed reaches the HTML. */
const knownLanguage = (info: string): string | undefined =>
  LANGUAGES.get(/^[\w+#.-]+/.exec(info.trim())?.[0]?.toLowerCase() ?? "");
