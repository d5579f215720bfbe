/** One thing of a customer's world as its search shows it, in the words of one language. */
export type Document = {
  kind: "page" | "told" | "interaction" | "promise" | "contact" | "product";
  /** Id of the page, link, interaction, contact or owned product. */
  id: string;
  title: string;
  url: string;
  /** What is searched besides the title, and what snippets are cut from. */
  text: string;
  /** Searched, not shown: labels, codes, initials of a name. */
  tags: string[];
  /** Why it belongs here, and what else is to be known: short phrases. */
  why: string[];
  /** What is good about it, e.g. that it was verified; and what must be minded, e.g. that the customer holds an old answer. */
  badges: string[];
  warnings: string[];
  /** Who stands behind it, and since when. */
  notes: string[];
  end: string;
  /** What may be told of a page, ready to send; null when it says nothing to customers. */
  say: string | null;
  /** Where a page is marked as told; null where the viewer may not. */
  tell: string | null;
};
