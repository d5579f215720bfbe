import { LARGEST_FILE } from "../../files/storage.ts";
import type { Draft } from "../../pages/draft.ts";
import type { Document } from "../markdown/read.ts";
import { relink } from "../markdown/relink.ts";
import type { SurveyedPage } from "../markdown/survey.ts";
import { tally } from "../report.ts";
import { fileKey } from "./existing.ts";
import { note, type Preparing } from "./preparing.ts";

type Read = { document: Document; id: string };

/** A draft whose links lead to pages and files here, and the files it shows: path → id. */
export type Made = { draft: Draft; files: Map<string, string> };

/** Makes the draft of one page; addresses that lead nowhere and names that nobody has are noted. */
export const makeDraft = async (preparing: Preparing, planned: SurveyedPage, { document, id }: Read): Promise<Made> => {
  const files = new Map<string, string>();
  const { body, resolved, broken } = relink(planned.source, document.body, preparing.survey, {
    page: (source) => (preparing.ids.has(source) ? `/p/${preparing.ids.get(source)}` : undefined),
    file: (path) => attach(preparing, files, { pageId: id, path }),
  });
  tally(preparing.report, "links", resolved.length);
  tally(preparing.report, "links_broken", broken.length);
  for (const address of broken)
    note(preparing, planned, {
      outcome: "noted",
      line: document.lineOf(address),
      reason: ["imports.brokenLink", { address }],
    });
  const { customers, products, labels } = document.meta;
  const draft: Draft = {
    title: document.title,
    body,
    labels,
    customers: await tagsOf(preparing, planned, { written: customers, find: preparing.names.customer }),
    products: await tagsOf(preparing, planned, { written: products, find: preparing.names.product }),
    summary: "",
  };
  return { draft, files };
};

const attach = (
  { survey, existing, newId }: Preparing,
  files: Map<string, string>,
  { pageId, path }: { pageId: string; path: string },
): string | undefined => {
  if ((survey.files.get(path)?.size ?? 0) > LARGEST_FILE) return undefined;
  const id = files.get(path) ?? existing.files.get(fileKey(pageId, path))?.id ?? newId();
  files.set(path, id);
  return `/files/${id}`;
};

/** Notes what of a file was not taken over as it was written. */
export const noteLosses = (preparing: Preparing, planned: SurveyedPage, { unknownKeys, elements }: Document): void => {
  for (const { key, line } of unknownKeys)
    note(preparing, planned, { outcome: "noted", line, reason: ["imports.unknownKey", { key }] });
  const simplified = Object.entries(elements).map(([name, times]) => `${name} ×${times}`);
  if (simplified.length > 0)
    note(preparing, planned, {
      outcome: "noted",
      reason: ["imports.htmlSimplified", { elements: simplified.join(", ") }],
    });
};

type Wanted = { written: string[]; find: (name: string) => Promise<string | undefined> };

const tagsOf = async (preparing: Preparing, planned: SurveyedPage, { written, find }: Wanted): Promise<string[]> => {
  const ids: string[] = [];
  for (const name of written) {
    const id = await find(name);
    if (id === undefined) note(preparing, planned, { outcome: "noted", reason: ["imports.unknownName", { name }] });
    else ids.push(id);
  }
  return [...new Set(ids)];
};
