/** What an action answers, as a plain value; http/send.ts turns it into bytes. */
export type Reply =
  | {
      kind: "page";
      view: string;
      model: object;
      /** The path of the space that a page belongs to, where its own path does not say. */
      within: string | null;
      status: number;
      headers: Record<string, string>;
      cookies: Cookie[];
    }
  | { kind: "redirect"; to: string; headers: Record<string, string>; cookies: Cookie[] }
  | { kind: "json"; body: unknown; status: number; headers: Record<string, string> }
  | { kind: "packed"; body: Buffer; headers: Record<string, string> }
  | { kind: "file"; path: string; size: number; etag: string; headers: Record<string, string> }
  | { kind: "bytes"; body: Buffer | NodeJS.ReadableStream; headers: Record<string, string>; status: number };

export type Cookie = {
  name: "session" | "half" | "sign-on" | "locale" | "theme" | "flash";
  value: string;
  maxAge: number;
};

/** A whole page: `view` is the name of a template, `model` all it shows. */
export const page = (
  view: string,
  model: object,
  options: { within?: string; status?: number; headers?: Record<string, string>; cookies?: Cookie[] } = {},
): Reply => ({
  kind: "page",
  view,
  model,
  within: options.within ?? null,
  status: options.status ?? 200,
  headers: options.headers ?? {},
  cookies: options.cookies ?? [],
});

/** After a form was accepted (303). `to` is a path of ours, never user input. */
export const redirect = (to: string, cookies: Cookie[] = [], headers: Record<string, string> = {}): Reply => ({
  kind: "redirect",
  to,
  headers,
  cookies,
});

export const json = (body: unknown, status = 200, headers: Record<string, string> = {}): Reply => ({
  kind: "json",
  body,
  status,
  headers,
});

export const bytes = (body: Buffer | NodeJS.ReadableStream, headers: Record<string, string>, status = 200): Reply => ({
  kind: "bytes",
  body,
  headers,
  status,
});

/** A stored file. @param file.etag changes with its bytes, in quotes */
export const file = (file: { path: string; size: number; etag: string }, headers: Record<string, string>): Reply => ({
  kind: "file",
  ...file,
  headers,
});

/** What is kept gzipped, e.g. an index; it is unpacked only for those who cannot. */
export const packed = (body: Buffer, headers: Record<string, string>): Reply => ({ kind: "packed", body, headers });

/** A short sentence shown once on the next page, e.g. "Saved." */
export const flash = (text: string): Cookie => ({ name: "flash", value: encodeURIComponent(text), maxAge: 30 });

/** A path of this site, or `fallback`: `//host`, `\host` and `javascript:` never leave here (open redirect). */
export const localPath = (path: string | undefined, fallback = "/"): string =>
  path !== undefined && /^\/(?![/\\])[\x20-\x7e]*$/.test(path) && !path.includes("\\") ? path : fallback;
