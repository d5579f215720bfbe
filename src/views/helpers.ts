import Handlebars from "handlebars";
import { dayOf, exactTime, relativeTime } from "../i18n/dates.ts";
import { isKey, translator } from "../i18n/i18n.ts";
import { formatNumber, formatSize } from "../i18n/numbers.ts";
import type { Assets } from "./assets.ts";
import { type Frame, initialOf } from "./frame.ts";
import { iconSvg } from "./icons.ts";
import { htmlOf } from "./safe.ts";

type Options = Handlebars.HelperOptions;

/**
 * All that a view may call besides `if`, `unless`, `each` and partials. Decisions belong in present.ts, so there is no
 * comparison here. Every helper throws on a value it cannot show.
 */
export const helpersWith = (assets: Assets) => ({
  /** `{{t "shared.removeNamed" name=customer.name}}` */
  t: (key: unknown, options: Options): string => {
    if (isKey(key)) return translator(frameOf(options).locale)(key, options.hash);
    throw new TypeError(`no message is called ${String(key)}`);
  },

  /** ISO time → `<time>` that reads "3 hours ago" and holds the exact time. */
  time: (iso: string, options: Options) => {
    const { locale, now } = frameOf(options);
    return safe`<time datetime="${iso}" title="${exactTime(iso, locale)}">${relativeTime(iso, now, locale)}</time>`;
  },

  /** ISO date or time → `<time>` that reads as the calendar day. */
  date: (iso: string, options: Options) => {
    const { locale, now } = frameOf(options);
    return safe`<time datetime="${iso}">${dayOf(iso, now, locale)}</time>`;
  },

  number: (value: number, options: Options): string => formatNumber(value, frameOf(options).locale),

  /** Bytes → "1.4 MB" */
  size: (bytes: number, options: Options): string => formatSize(bytes, frameOf(options).locale),

  /** The inline SVG of an icon. It says nothing to a screen reader: name the button itself. */
  icon: (name: string) => new Handlebars.SafeString(iconSvg(name)),

  /** Shows SafeHtml, and nothing else, unescaped. */
  html: (value: unknown) => new Handlebars.SafeString(htmlOf(value)),

  /** The fingerprinted URL of a file in static/, e.g. `main.css`. */
  asset: (name: string): string => assets.url(name),

  /** Marks a link of the frame when the viewer is at its address or below: `{{current "/customers" also="/c"}}`. */
  current: (url: string, options: Options) => {
    const [path = ""] = frameOf(options).path.split("?");
    const here = isAtOrBelow(path, url) || isAtOrBelow(path, options.hash.also ?? url);
    return new Handlebars.SafeString(here ? ' aria-current="page"' : "");
  },

  /** The first character of a name, for faces and swatches. */
  initial: (name: string): string => initialOf(name),

  /** JSON for a `<script type="application/json">`: no character in it can end the script. */
  json: (value: unknown) =>
    new Handlebars.SafeString(JSON.stringify(value).replace(/[<>&\u2028\u2029]/g, unicodeEscape)),
});

const isAtOrBelow = (path: string, url: string): boolean => path === url || (url !== "/" && path.startsWith(`${url}/`));

const frameOf = (options: Options): Frame => options.data.frame;

/** A template tag that escapes every value. */
const safe = (parts: TemplateStringsArray, ...values: string[]) =>
  new Handlebars.SafeString(String.raw({ raw: parts }, ...values.map((value) => Handlebars.escapeExpression(value))));

const unicodeEscape = (char: string): string => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`;
