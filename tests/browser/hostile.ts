// What attackers type, and how to tell that it did something.

/** What attackers type, after DOMPurify's and OWASP's collections. Each would call `ran()` or load something foreign. */
export const PAYLOADS = [
  "<script>ran()</script>",
  "<img src=x onerror=ran()>",
  "<svg onload=ran()><circle r=9></svg>",
  "<svg><script>ran()</script></svg>",
  '"><img src=x onerror=ran()>',
  "' onmouseover='ran()' autofocus onfocus='ran()",
  '" autofocus onfocus="ran()',
  "<iframe srcdoc='<script>parent.ran()</script>'></iframe>",
  "<a href=javascript:ran()>x</a>",
  "<details open ontoggle=ran()>",
  "<body onload=ran()>",
  "<math><mtext><table><mglyph><style><img src=x onerror=ran()>",
  "<noscript><p title='</noscript><img src=x onerror=ran()>'>",
  "<form action=//evil.example><button>x</button></form>",
  "<base href=//evil.example>",
  "<link rel=stylesheet href=//evil.example/x.css>",
  "<style>@import '//evil.example';</style>",
  "<meta http-equiv=refresh content='0;url=//evil.example'>",
  "<object data=javascript:ran()></object>",
  "</textarea><img src=x onerror=ran()>",
  "</title><script>ran()</script>",
  "</script><script>ran()</script>",
  "<!--<img src='--><img src=x onerror=ran()>'",
  "{{constructor.constructor('ran()')()}}",
  "$" + "{ran()}",
];

/** The same in Markdown, which has ways of its own. */
export const MARKDOWN = [
  "[x](javascript:ran())",
  "[x](JaVaScRiPt&colon;ran())",
  "[x](data:text/html;base64,PHNjcmlwdD5yYW4oKTwvc2NyaXB0Pg==)",
  "[x](vbscript:ran())",
  '![x](x" onerror="ran())',
  "<javascript:ran()>",
  "[[x|<img src=x onerror=ran()>]]",
  "[[javascript:ran()]]",
  '[[customer:x" onclick="ran()|<b onclick=ran()>]]',
  "```<img src=x onerror=ran()>\n<script>ran()</script>\n```",
  '```js" onclick="ran()\nran()\n```',
  "| <img src=x onerror=ran()> | a |\n|---|---|\n| <script>ran()</script> | b |",
  "[x]: javascript:ran()\n[y][x]",
  ":::say <img src=x onerror=ran()>\n<img src=x onerror=ran()>\n:::",
  "x[^1]\n\n[^1]: <img src=x onerror=ran()>",
];

/** Put into every page: whatever calls `ran()` complains. */
export const CANARY = "window.ran = () => console.error('a payload ran')";

/** Markup in the page that only a payload could have made. */
export const foreignMarkup = (): string[] => {
  const suspects =
    "iframe, object, embed, base, style, meta[http-equiv], link:not([href^='/assets/']), script:not([src^='/assets/']):not([type='application/json'])";
  const handlers = [...document.querySelectorAll("*")].filter((element) =>
    element.getAttributeNames().some((attribute) => attribute.startsWith("on")),
  );
  const links = [...document.querySelectorAll("a[href], form[action], [formaction], [src], [data]")].filter((element) =>
    ["href", "action", "formaction", "src", "data"].some((name) =>
      /^\s*(javascript|data|vbscript):|^\s*[/\\]{2}/i.test(element.getAttribute(name) ?? ""),
    ),
  );
  return [...document.querySelectorAll(suspects), ...handlers, ...links].map((element) =>
    element.outerHTML.slice(0, 120),
  );
};
