import type { Attachment } from "../db/schema.ts";

/** A file in a list. `markdown` is how a text shows it: pictures as pictures, others as links. */
export const presentFile = ({ id, name, type, size }: Attachment) => {
  const label = name.replace(/[[\]\\]/g, " ");
  const url = `/files/${id}`;
  return {
    id,
    name,
    size,
    url,
    removeUrl: `${url}/removal`,
    markdown: `${type.startsWith("image/") ? "!" : ""}[${label}](${url})`,
  };
};
