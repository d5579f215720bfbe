const markup = Symbol("safe html");

/** HTML that was made by our own renderer from escaped text, and may be shown as it is. */
export type SafeHtml = { readonly [markup]: string };

/** Vouches for HTML. Only for the output of a renderer that escapes what people wrote; never for what people wrote. */
export const safeHtml = (html: string): SafeHtml => ({ [markup]: html });

/** The HTML that was vouched for. Throws on anything else: a plain string is never trusted. */
export const htmlOf = (value: unknown): string => {
  if (isSafe(value)) return value[markup];
  throw new TypeError("only SafeHtml can be shown as HTML");
};

const isSafe = (value: unknown): value is SafeHtml => typeof value === "object" && value !== null && markup in value;
