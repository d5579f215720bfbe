import type { Locale } from "../i18n/locale.ts";

/** What every screen shows around its content, and what helpers need to speak to this viewer. Views read it as `@frame`. */
export type Frame = {
  locale: Locale;
  theme: Theme;
  /** The Content-Security-Policy nonce of this answer. */
  nonce: string;
  csrf: string;
  /** Path and query of this request, to come back to after signing in. */
  path: string;
  baseUrl: string;
  /** Absent for someone who is not signed in. */
  person?: { login: string; name: string; initial: string };
  /** As whom they look, and how long that lasts. */
  viewingAs?: { name: string; until: string };
  /** Set while an administrator looks at everything; `minutes` are left. */
  breakGlass?: { until: string; minutes: number };
  /** What single sign-on is called; absent where there is none. */
  signOn?: { name: string };
  isManager: boolean;
  isAdmin: boolean;
  /** The spaces the viewer may see, in their order. */
  spaces: FrameSpace[];
  /** Absent where notifications do not exist, e.g. before sign-in. */
  inbox?: { unread: number };
  flash?: Flash;
  /** ISO 8601; relative times count from here. */
  now: string;
};

export type Theme = "auto" | "light" | "dark";

export type FrameSpace = {
  key: string;
  name: string;
  url: string;
  initial: string;
  hue: Hue;
  restricted: boolean;
  current: boolean;
};

/** One of ten quiet colours; the same text has the same one everywhere. */
export type Hue = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9;

/** Said once after an action: `done` what worked, `note` what to know, `problem` what did not work. */
export type Flash = { kind: "done" | "note" | "problem"; text: string };

/** A stored number of a hue as one of the ten. */
export const hueAt = (hue: number): Hue => HUES[hue] ?? 0;

const HUES = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9] as const;

/** The colour of a name or key: stable, and spread evenly by FNV-1a. */
export const hueOf = (text: string): Hue => {
  const hash = [...text].reduce((sum, char) => Math.imul(sum ^ (char.codePointAt(0) ?? 0), 16777619), 2166136261);
  return HUES[(hash >>> 0) % 10] ?? 0;
};

/** The first character as a reader sees it, in capitals: 李梅 → 李, émile → É. Empty text has "·". */
export const initialOf = (name: string): string => {
  const first = graphemes.segment(name.trim())[Symbol.iterator]().next();
  return first.done ? "·" : first.value.segment.toLocaleUpperCase();
};

const graphemes = new Intl.Segmenter();
