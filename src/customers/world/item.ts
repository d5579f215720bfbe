import type { ConsentChannel } from "../../contacts/consents/channels.ts";
import type { KnowledgeLink } from "../../db/schema.ts";
import type { Verified } from "../../pages/verifying/state.ts";

export type Relation = KnowledgeLink["relation"];

/** Why something belongs to the world of a customer; a page may have several reasons. Names are those of people and products. */
export type Reason =
  | { why: "tagged"; person: string; at: string }
  | { why: "owns"; code: string; name: string }
  | { why: "named" }
  | { why: "linked"; relation: Exclude<Relation, "told" | "sent">; person: string; at: string; link: string }
  | Told;

/** What the customer was told: a revision of a page. `old`: the page says something else by now. */
export type Told = {
  why: "told";
  relation: "told" | "sent";
  revision: number;
  old: boolean;
  person: string;
  contact: string | null;
  at: string;
  link: string;
};

export type PageItem = {
  kind: "page";
  id: string;
  title: string;
  at: string;
  reasons: Reason[];
  space: string;
  revision: number;
  /** Hash of its body, under which its text is kept. */
  rendering: string;
  person: string;
  /** Who verified it last. */
  verifier: string | null;
} & Verified;
/** `id` is that of the knowledge link. */
export type ToldItem = { kind: "told"; id: string; title: string; at: string; reasons: Told[]; page: string };
/** What was said; a promise while it is open. `title` is who spoke by which channel, decided by present. */
export type InteractionItem = {
  kind: "interaction" | "promise";
  id: string;
  title: string;
  at: string;
  reasons: Reason[];
  channel: string;
  direction: "in" | "out" | "internal";
  outcome: string | null;
  nextAt: string | null;
  person: string;
  contact: string | null;
  product: string | null;
};
export type ContactItem = {
  kind: "contact";
  id: string;
  title: string;
  at: string;
  reasons: Reason[];
  position: string | null;
  role: string | null;
  /** Masked. */
  reach: string[];
  note: string | null;
  keys: string;
  /** By which channels they must not be reached. */
  withdrawn: ConsentChannel[];
};
export type ProductItem = {
  kind: "product";
  id: string;
  title: string;
  at: string;
  reasons: Reason[];
  code: string;
  version: string | null;
  quantity: number;
  serial: string | null;
  note: string | null;
};
