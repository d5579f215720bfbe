import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { renderMarkdown } from "../../src/markdown/render.ts";
import { fillSegments } from "../../src/markdown/segments.ts";
import { htmlOf } from "./html-of.ts";

const PAYLOADS = [
  "<script>alert(1)</script>",
  "<img src=x onerror=alert(1)>",
  '"><svg/onload=alert(1)>',
  "' onmouseover='alert(1)",
  '" autofocus onfocus="alert(1)',
  "javascript:alert(1)",
  "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
  "<svg><p><style><g title='</style><img src onerror=alert(1)>'>",
  "<form><input name=attributes><input name=innerHTML>",
  '<a href="data:text/html,<script>alert(1)</script>">x</a>',
  "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
  "&lt;script&gt;alert(1)&lt;/script&gt;",
  '&#0;&#x0;\0\0{"html":"<script>"}\0',
  "{{7*7}}{{{constructor}}}",
  "`<%= 7*7 %>`",
  "]]><!--",
  "\u202e\u2066x\u2069",
  "%00%0a\\u003cscript\\u003e",
  'x" style="position:fixed',
  "__proto__",
];

/** Every place of the dialect a writer can put a text in. */
const PLACES: Record<string, (text: string) => string> = {
  text: (text) => text,
  heading: (text) => `# ${text}\n\n${text}\n===`,
  "link label": (text) => `[${text}](https://a.example)`,
  "link target": (text) => `[a](${text}) [b](<${text}>) ![c](${text}) <${text}>`,
  "link title": (text) => `[a](https://a.example "${text}") [b](https://a.example '${text}')`,
  reference: (text) => `[a][r] ![b][r]\n\n[r]: <${text}> (${text})`,
  picture: (text) => `![${text}](/files/f) ![${text}](https://a.example/p.png)`,
  "wiki link": (text) => `[[${text}]] [[a|${text}]] [[customer:${text}]] [[${text}:x#${text}]] [[@${text}]]`,
  path: (text) => `[a](/p/${encodeURIComponent(text)}) [b](/c/${text}) [c](/files/${text})`,
  "info string": (text) => `\`\`\`${text}\nx\n\`\`\`\n\n~~~js ${text}\nx\n~~~`,
  code: (text) => `\`\`\`html\n${text}\n\`\`\`\n\n    ${text}\n\n\`${text}\``,
  footnote: (text) => `a[^${text.replace(/[\s\]]/g, "")}] b^[${text}]\n\n[^${text.replace(/[\s\]]/g, "")}]: ${text}`,
  task: (text) => `- [x] ${text}\n- [ ] ${text}`,
  table: (text) => `| ${text} | b |\n|:-:|--|\n| ${text} | c |`,
  block: (text) => `:::say ${text}\n${text}\n:::\n\n:::say\n${text}\n:::\n\n:::internal\n${text}`,
  address: (text) => `https://a.example/${text} mailto:${text}@a.example`,
  comment: (text) => `<!-- ${text}\n\n-->${text}\n<br ${text}>`,
};

const TAGS =
  /^(?:a|blockquote|br|code|del|div|em|h[1-6]|hr|input|li|ol|p|pre|s|section|span|strong|sup|table|tbody|td|th|thead|tr|ul)$/;
const ATTRIBUTES =
  /^(?:aria-label="[^"<>]*"|checked=""|class="[\w -]*"|disabled=""|href="(?:https?:|mailto:|tel:|[#?]|\/(?!\/)|[^:/"<>?#]*(?:[/"?#]|$))[^"<>]*"?|id="[^"<>]*"|lang="(?:zh|en)"|rel="noopener noreferrer"|start="\d+"|tabindex="0"|title="[^"<>]*"|type="checkbox")$/;

/** Every tag and attribute of the HTML that the renderer has no business to write. */
const foreignParts = (html: string): string[] => {
  const tags = html.match(/<[^>]*>?/g) ?? [];
  return tags.flatMap((tag) => {
    const [, name = "", attributes = ""] = /^<\/?([a-z0-9]+)((?:\s+[a-z-]+="[^"]*")*)>$/.exec(tag) ?? [];
    const foreign = (attributes.match(/[a-z-]+="[^"]*"/g) ?? []).filter((attribute) => !ATTRIBUTES.test(attribute));
    return TAGS.test(name) ? foreign : [tag];
  });
};

describe("nothing a writer types becomes markup, an address of a script or a name of ours", () => {
  describe.each(Object.entries(PLACES))("in a %s", (_, place) => {
    test.each(PAYLOADS)("%j", (payload) => {
      expect(foreignParts(htmlOf(place(payload)))).toEqual([]);
    });
  });

  test("whatever is typed, over and over", () => {
    const piece = fc.oneof(fc.constantFrom(...PAYLOADS), fc.string({ unit: "binary" }), fc.string());
    const text = fc.array(fc.tuple(fc.constantFrom(...Object.values(PLACES)), piece), { maxLength: 5 });
    fc.assert(
      fc.property(text, (parts) => {
        const html = htmlOf(parts.map(([place, words]) => place(words)).join("\n\n"));
        return foreignParts(html).length === 0;
      }),
      { numRuns: 1_500 },
    );
  });

  test("the check itself sees what it looks for", () => {
    expect(foreignParts('<p onclick="x">')).toEqual(['onclick="x"']);
    expect(foreignParts("<script>")).toEqual(["<script>"]);
    expect(foreignParts('<a href="javascript:x">')).toEqual(['href="javascript:x"']);
    expect(foreignParts("<img src=x onerror=y>")).toEqual(["<img src=x onerror=y>"]);
  });
});

test("braces stay text, as no template engine sees a page's words", () => {
  expect(htmlOf("{{7*7}} {{> secrets}}")).toBe('<p lang="en">{{7*7}} {{&gt; secrets}}</p>\n'.replace(' lang="en"', ""));
});

test("a text cannot forge an open piece: NUL is replaced before parsing", () => {
  expect(htmlOf("https://a.example/%00{x}%00")).not.toContain("\0");
  const forged = '\0{"block":"say"}\0 &#0;{"ref":{"kind":"page","id":"x"},"label":""}&#0;';
  expect(renderMarkdown(forged).segments.every((segment) => "html" in segment)).toBe(true);
});

test("the number of sections said to customers cannot be forged by HTML", () => {
  expect(renderMarkdown('<section class="say">x</section>').sayBlocks).toEqual([]);
});

test("labels reach the filler as plain text, so that it must escape them", () => {
  const { segments } = renderMarkdown("[[a|<b>&]]");
  expect(fillSegments(segments, { link: (_, label) => label, block: () => "" })).toContain("<b>&");
});
