import { titleKey } from "../analyzer/analyze.ts";
import { headingId } from "./heading-id.ts";

/**
 * What a link in a page points at, as it was written. Whether the viewer may see it, and what it is called today, is
 * found out at view time (`fillSegments`). `anchor` is the id of a heading in the target page, without `#`.
 */
export type Ref =
  | { kind: "page"; id: string; anchor?: string }
  | { kind: "title"; title: string; titleKey: string; space?: string; anchor?: string }
  | { kind: "customer"; key: string }
  | { kind: "product"; code: string }
  | { kind: "person"; login: string }
  | { kind: "file"; id: string; image: boolean };

/** A wiki link as written: a reference, or a place in the same page. `label` is empty when the writer gave none. */
export type WikiLink = { ref: Ref; label: string } | { anchor: string; label: string };

/** Reads the inside of `[[…]]`; undefined when it names nothing. */
export const parseWikiLink = (inside: string): WikiLink | undefined => {
  const [written = "", given = ""] = inside.split("|", 2);
  const [target, label] = [written.trim(), given.trim()];
  if (target.startsWith("#") && target.length > 1)
    return { anchor: headingId(target.slice(1)), label: label || target.slice(1) };
  const ref = parseRecord(target) ?? parsePage(target);
  return ref && { ref, label: label || defaultLabel(ref, target) };
};

/** The reference behind a path of this site (`/p/ID/slug#x`, `/c/KEY`, `/products/CODE`, `/people/LOGIN`, `/files/ID`). */
export const parsePath = (href: string): Ref | undefined => {
  const [path = "", anchor] = href.split("#", 2);
  const [root, kind, name = "", ...rest] = (path.split("?", 1)[0] ?? "").split("/");
  const value = decode(name);
  if (root !== "" || value === "") return undefined;
  if (kind === "p" && rest.length <= 1)
    return withAnchor({ kind: "page", id: value }, anchor && headingId(decode(anchor)));
  if (kind === "files" && rest.length <= 1) return { kind: "file", id: value, image: false };
  if (rest.join("") !== "") return undefined;
  if (kind === "c") return { kind: "customer", key: value };
  if (kind === "products") return { kind: "product", code: value };
  return kind === "people" ? { kind: "person", login: value } : undefined;
};

/** What to show for a reference whose label is empty and whose target has no name for the viewer. */
export const refText = (ref: Ref): string => {
  if (ref.kind === "title") return ref.title;
  if (ref.kind === "customer") return ref.key;
  if (ref.kind === "product") return ref.code;
  return ref.kind === "person" ? `@${ref.login}` : ref.id;
};

/** One text per target, to tell references apart; anchors and the form of a picture do not count. */
export const refKey = (ref: Ref): string =>
  ref.kind === "title"
    ? JSON.stringify(["title", ref.space ?? "", ref.titleKey])
    : JSON.stringify([ref.kind, refText(ref)]);

const parseRecord = (target: string): Ref | undefined => {
  const login = /^@([\p{L}\p{N}._-]+)$/u.exec(target)?.[1];
  if (login !== undefined) return { kind: "person", login };
  const [, kind = "", name = ""] = /^(customer|product)\s*:\s*(\S.*)$/iu.exec(target) ?? [];
  if (name === "") return undefined;
  return kind.toLowerCase() === "customer" ? { kind: "customer", key: name } : { kind: "product", code: name };
};

const parsePage = (target: string): Ref | undefined => {
  const [, beforeHash = "", heading] = /^(.+?)(?:#(?=\S)([^#]*))?$/u.exec(target) ?? [];
  const [, space, afterColon = ""] = /^([^:]+):(.+)$/u.exec(beforeHash) ?? [];
  const title = (space === undefined ? beforeHash : afterColon).trim();
  if (title === "") return undefined;
  const page = { kind: "title", title, titleKey: titleKey(title) } as const;
  return withAnchor(space === undefined ? page : { ...page, space: space.trim() }, heading && headingId(heading));
};

const withAnchor = <T extends Ref>(ref: T, anchor: string | undefined): T => (anchor ? { ...ref, anchor } : ref);

const defaultLabel = (ref: Ref, target: string): string => {
  if (ref.kind !== "title") return "";
  return ref.anchor === undefined ? ref.title : `${ref.title} › ${target.slice(target.indexOf("#") + 1).trim()}`;
};

const decode = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return "";
  }
};
