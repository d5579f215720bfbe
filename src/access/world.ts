import type {
  Attachment,
  Consent,
  Contact,
  Customer,
  Erasure,
  Event,
  ExternalId,
  Interaction,
  KnowledgeLink,
  Link,
  Look,
  Open,
  OwnedProduct,
  Page,
  PageCustomer,
  PageLabel,
  PageProduct,
  PageTitle,
  Product,
  Revision,
  Scope,
  ScopeEntry,
  SearchTables,
  Space,
} from "../db/schema.ts";

/** What a Reader can name: the tables open to members, and of guarded tables only what the viewer may see. */
export type World = Open &
  SearchTables & {
    visible_scopes: { id: string };
    /** With whether their scope ignores entries above it. */
    visible_spaces: Space & { restricted_at: string | null };
    visible_pages: Page;
    /** Trash the viewer may open: manage on the scope, or edit and thrown away by themselves. */
    visible_trash: Page;
    visible_revisions: Revision;
    visible_page_titles: PageTitle;
    visible_page_customers: PageCustomer;
    visible_page_products: PageProduct;
    visible_page_labels: PageLabel;
    visible_links: Link;
    visible_attachments: Attachment;
    visible_customers: Customer;
    visible_external_ids: ExternalId;
    visible_contacts: Contact;
    visible_consents: Consent;
    visible_erasures: Erasure;
    /** Who looked at the contacts of customers that the viewer manages. */
    managed_looks: Look;
    visible_products: Product;
    visible_owned_products: OwnedProduct;
    visible_interactions: Interaction;
    visible_knowledge_links: KnowledgeLink;
    /** What the viewer may change the permissions of, what is said there, and what has been changed. */
    managed_scopes: Scope;
    managed_entries: ScopeEntry;
    managed_changes: Event;
    renderings: { hash: string; version: number; rendered: string };
  };
