import type { Generated } from "kysely";

/**
 * The tables. Times are ISO texts from the clock of the write, ids are random texts, JSON is text parsed at the edge.
 * GUARDED tables never reach a feature as they are: features read the `visible_*` twins in World (access/reader.ts).
 */
type Id = string;
type Time = string;
type Json = string;

export type Person = {
  id: Id;
  login: string;
  name: string;
  email: string | null;
  title: string | null;
  kind: "employee" | "guest";
  locale: string | null;
  theme: string | null;
  admin_at: Time | null;
  deactivated_at: Time | null;
  expires_at: Time | null;
  created_at: Time;
};
export type Department = { id: Id; key: string; name: string; parent_id: Id | null; created_at: Time };
export type Membership = { department_id: Id; person_id: Id; role: "member" | "manager"; created_at: Time };

export type Scope = {
  id: Id;
  kind: "space" | "page" | "customers" | "customer" | "catalogue";
  parent_id: Id | null;
  department_id: Id | null;
  name: string | null;
  restricted_at: Time | null;
  created_at: Time;
};
export type ScopeEntry = {
  scope_id: Id;
  principal: string;
  kind: "grant" | "block";
  level: number;
  created_at: Time;
  created_by: Id | null;
};

export type Space = {
  id: Id;
  key: string;
  name: string;
  description: string;
  department_id: Id;
  scope_id: Id;
  hue: number;
  created_at: Time;
  created_by: Id;
  archived_at: Time | null;
};
export type Page = {
  id: Id;
  space_id: Id;
  parent_id: Id | null;
  scope_id: Id;
  position: number;
  title: string;
  title_key: string;
  revision: number;
  owner_id: Id | null;
  source: string | null;
  source_hash: string | null;
  verified_at: Time | null;
  verified_by: Id | null;
  review_at: Time | null;
  created_at: Time;
  created_by: Id;
  updated_at: Time;
  updated_by: Id;
  trashed_at: Time | null;
  trashed_by: Id | null;
  trashed_with: Id | null;
};
/** `customers`, `products` and `labels` are JSON arrays of ids (labels: texts), so that history shows who tagged whom. */
export type Revision = {
  page_id: Id;
  n: number;
  title: string;
  body: string;
  customers: Json;
  products: Json;
  labels: Json;
  summary: string;
  author_id: Id;
  created_at: Time;
  rendering: string;
  restored_from: number | null;
};
export type PageTitle = { page_id: Id; space_id: Id; title_key: string; since: Time };
export type PageCustomer = { page_id: Id; customer_id: Id; tagged_by: Id; tagged_at: Time };
export type PageProduct = { page_id: Id; product_id: Id; tagged_by: Id; tagged_at: Time };
export type PageLabel = { page_id: Id; label: string; label_key: string };
/** One outgoing link of a page, re-derived on every save. `target` is an id, key, code, login, title key or URL, by `kind`. */
export type Link = {
  page_id: Id;
  position: number;
  kind: "page" | "title" | "customer" | "product" | "person" | "url" | "file";
  target: string;
  space: string | null;
  label: string;
};
export type Attachment = {
  id: Id;
  page_id: Id;
  name: string;
  type: string;
  size: number;
  hash: string;
  source: string | null;
  created_at: Time;
  created_by: Id;
};

export type Customer = {
  id: Id;
  key: string;
  scope_id: Id;
  name: string;
  name_key: string;
  short_name: string | null;
  aliases: Json;
  name_pinyin: string;
  tier: string | null;
  segment: string | null;
  industry: string | null;
  region: string | null;
  owner_id: Id | null;
  parent_id: Id | null;
  website: string | null;
  domain: string | null;
  phone: string | null;
  credit_code: string | null;
  preferred_channel: string | null;
  note: string | null;
  facts: Json;
  created_at: Time;
  created_by: Id;
  updated_at: Time;
  archived_at: Time | null;
};
export type ExternalId = {
  customer_id: Id;
  system: string;
  object_type: string;
  external_id: string;
  url: string | null;
};
export type Contact = {
  id: Id;
  customer_id: Id;
  name: string;
  name_pinyin: string;
  title: string | null;
  role: string | null;
  email: string | null;
  mobile: string | null;
  wechat: string | null;
  preferred_channel: string | null;
  note: string | null;
  created_at: Time;
  created_by: Id;
  updated_at: Time;
  archived_at: Time | null;
  /** When the person was erased: nothing is left in the row but its place. */
  erased_at: Time | null;
};
/** Somebody saw what is masked otherwise. `fields`: JSON array of the columns of the contact. Only ever added to. */
export type Look = {
  id: Id;
  contact_id: Id;
  customer_id: Id;
  person_id: Id;
  at: Time;
  how: "shown" | "exported";
  fields: Json;
};
/**
 * What a contact said about a channel: by which we may reach them, or which they prefer ("none": no longer any). The
 * newest by `at` counts. Only ever added to; erasing the contact empties `source`.
 */
export type Consent = {
  id: Id;
  contact_id: Id;
  customer_id: Id;
  channel: string;
  status: "given" | "withdrawn" | "unknown" | "preferred";
  source: string;
  at: Time;
  created_at: Time;
  created_by: Id;
  erased_at: Time | null;
};
/** A contact was erased, when, by whom and why. `digests` know the person again at an import; `counts` by table. */
export type Erasure = {
  id: Id;
  contact_id: Id;
  customer_id: Id;
  at: Time;
  person_id: Id;
  reason: string;
  digests: Json;
  counts: Json;
};
export type Product = {
  id: Id;
  code: string;
  code_key: string;
  scope_id: Id;
  name: string;
  category: string | null;
  status: string;
  versions: Json;
  aliases: Json;
  description: string;
  price: string | null;
  created_at: Time;
  created_by: Id;
  updated_at: Time;
  archived_at: Time | null;
};
export type OwnedProduct = {
  id: Id;
  customer_id: Id;
  product_id: Id;
  quantity: number;
  version: string | null;
  serial: string | null;
  since: string | null;
  until: string | null;
  note: string | null;
  created_at: Time;
  created_by: Id;
  updated_at: Time;
};
export type Interaction = {
  id: Id;
  customer_id: Id;
  contact_id: Id | null;
  product_id: Id | null;
  person_id: Id;
  channel: string;
  direction: "in" | "out" | "internal";
  at: Time;
  words: string;
  outcome: string | null;
  next_at: Time | null;
  status: "open" | "done";
  source: string | null;
  created_at: Time;
  created_by: Id;
  updated_at: Time;
};
/** Page revision ↔ customer / product / interaction / contact. Seen only by those who may see both ends. */
export type KnowledgeLink = {
  id: Id;
  page_id: Id;
  revision: number;
  target_kind: "customer" | "product" | "interaction" | "contact";
  target_id: Id;
  customer_id: Id | null;
  relation: "about" | "answered_by" | "told" | "sent" | "contradicts";
  created_at: Time;
  created_by: Id;
};

/** An entry of the audit log, which is also the outbox. Entries are chained: see db/event-chain.ts. */
export type Event = {
  /** 1, 2, 3, … without a gap, in the order of commits. */
  seq: number;
  id: Id;
  at: Time;
  actor_id: Id | null;
  kind: string;
  subject_kind: string;
  subject_id: Id;
  payload: Json;
  salt: string;
  digest: string;
  prev_hash: string;
  hash: string;
  /** When the payload was erased because it held personal data; the entry itself stays. */
  erased_at: Time | null;
};

/** Rows that only those with view on their scope may know of. */
export type Guarded = {
  spaces: Space;
  pages: Page;
  revisions: Revision;
  page_titles: PageTitle;
  page_customers: PageCustomer;
  page_products: PageProduct;
  page_labels: PageLabel;
  links: Link;
  attachments: Attachment;
  customers: Customer;
  external_ids: ExternalId;
  contacts: Contact;
  looks: Look;
  consents: Consent;
  erasures: Erasure;
  products: Product;
  owned_products: OwnedProduct;
  interactions: Interaction;
  knowledge_links: KnowledgeLink;
};

/** Rows every member may read. */
export type Open = { people: Person; departments: Department; memberships: Membership };

/** Only src/search names these; it joins the viewer's scopes itself (search.md). */
export type SearchTables = {
  search_doc: {
    d: Generated<number>;
    kind: string;
    ref_id: Id;
    scope_id: Id;
    len_bucket: number;
    analyzer_version: number;
  };
  search_content: {
    d: number;
    title_key: string;
    /** Title keys of its headings and of what else it is called, a line each. */
    name_keys: string;
    /** The numbers and postings of its terms, packed: a later save changes what differs from them. */
    postings: Buffer;
  };
  search_term: { t: number; term: string };
  search_posting: { t: number; d: number; i: number };
  search_df: { t: number; scope_id: Id; df: number };
  search_scope: { scope_id: Id; docs: number; total_length: number };
};

/** Never reached by a Reader at all. */
export type Private = {
  credentials: { person_id: Id; password_hash: string; changed_at: Time; initial_at: Time | null };
  sessions: { hash: string; person_id: Id; csrf: string; created_at: Time; seen_at: Time; expires_at: Time };
  /** As whom a session looks (`person:ID`, `department:ID`), and how long. */
  view_as: { session_hash: string; target: string; started_at: Time; until: Time };
  tokens: {
    id: Id;
    person_id: Id;
    name: string;
    scope: "read" | "write";
    hash: string;
    created_at: Time;
    expires_at: Time | null;
    revoked_at: Time | null;
  };
  /** Who they are to a provider of single sign-on. `name`: what they are called there. */
  identities: { issuer: string; subject: string; person_id: Id; name: string; created_at: Time };
  /** Somebody with a password is about to link an identity; `hash`: of the secret in their cookie. */
  identity_requests: { hash: string; person_id: Id; expires_at: Time };
  /** Which departments a value of the provider's claim stands for, and which memberships came of it. */
  department_claims: { value: string; department_id: Id; created_at: Time };
  claimed_memberships: { person_id: Id; department_id: Id; created_at: Time };
  /** `last_step`: the 30-second step of the last code that was used, so that none works twice. */
  second_factors: { person_id: Id; secret: string; last_step: number; created_at: Time; confirmed_at: Time | null };
  recovery_codes: { hash: string; person_id: Id; created_at: Time };
  /** The password was right, the code is still to come. Not a session. */
  half_sign_ins: { hash: string; person_id: Id; expires_at: Time };
  login_failures: { subject: string; failures: number; until: Time };
  idempotency_keys: { person_id: Id; key: string; request: string; reply: Json; created_at: Time };
  renderings: { hash: string; version: number; rendered: Json };
  scopes: Scope;
  scope_entries: ScopeEntry;
  access_version: { id: number; version: number };
  settings: { key: string; value: string };
  events: Event;
  /** One row: the last entry of the log. */
  event_head: { id: number; seq: number; hash: string };
  /** Whoever holds the secret behind the hash may choose the first password of an account, once. */
  invitations: { person_id: Id; hash: string; created_at: Time; created_by: Id; expires_at: Time };
  /** An administrator who looks at everything for an hour, in one session (permissions.md, Break-glass). */
  break_glass: {
    id: Id;
    person_id: Id;
    session_hash: string;
    reason: string;
    started_at: Time;
    until: Time;
    ended_at: Time | null;
  };
  break_glass_notices: { break_glass_id: Id; person_id: Id; seen_at: Time | null };
};

export type Schema = Guarded & Open & SearchTables & Private;
