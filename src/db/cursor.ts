/** Where the next part of a list begins: the sort values of the last row shown, as one URL-safe text. */
export const toCursor = (values: readonly string[]): string =>
  Buffer.from(JSON.stringify(values)).toString("base64url");

/** The values of a cursor with `size` of them; undefined for any other text, so that the list begins at its beginning. */
export function fromCursor(cursor: string | undefined, size: number): string[] | undefined {
  const values = parseList(Buffer.from(cursor ?? "", "base64url").toString());
  return values.length === size && values.every((value) => typeof value === "string") ? values : undefined;
}

function parseList(text: string): unknown[] {
  try {
    const values: unknown = JSON.parse(text);
    return Array.isArray(values) ? values : [];
  } catch {
    return [];
  }
}
