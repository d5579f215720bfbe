import type { Reader } from "../access/reader.ts";
import { fold, tokenize } from "../analyzer/analyze.ts";
import type { Query } from "../analyzer/query.ts";
import { companyKey } from "../customers/names.ts";
import { contains } from "../db/portable.ts";
import type { Customer } from "../db/schema.ts";

/** A customer that a word of a query names, and the query without that word. */
export type Understood = { customer: Customer; rest: string };

/**
 * The customer somebody means who types `hx x200 固件`: a word that is the key, a name, the pinyin or the initials of
 * exactly one customer the viewer sees, beside other words. Undefined where a customer is chosen already.
 * @param text what was typed, of which `query` was read
 */
export async function understandCustomer(read: Reader, query: Query, text: string): Promise<Understood | undefined> {
  const words = namingWords(query);
  const others = query.clauses.filter(({ excluded }) => !excluded).length - 1;
  if (words.length === 0 || others < 1 || query.filters.some(({ field }) => field === "customer")) return undefined;
  const candidates = await listCandidates(read, words);
  for (const word of words) {
    const [customer, another] = candidates.filter((one) => isCalled(one, word));
    if (customer && !another) return { customer, rest: without(text, word) };
  }
  return undefined;
}

const MOST_WORDS = 6;
const MOST_CANDIDATES = 300;

/** Words that can be names: no stop words, at least two characters. */
const namingWords = ({ clauses }: Query): string[] =>
  clauses
    .filter(({ kind, excluded }) => kind === "word" && !excluded)
    .map(({ text }) => text)
    .filter((word) => [...word].length > 1 && tokenize(word).some((token) => !token.stop))
    .slice(0, MOST_WORDS);

const listCandidates = (read: Reader, words: readonly string[]): Promise<Customer[]> =>
  read
    .selectFrom("visible_customers")
    .selectAll()
    .where("archived_at", "is", null)
    .where((eb) =>
      eb.or(
        words.flatMap((word) => [
          eb("key", "=", fold(word)),
          eb("name_key", "=", companyKey(word)),
          contains(eb.ref("name_pinyin"), fold(word)),
        ]),
      ),
    )
    .orderBy("created_at")
    .orderBy("id")
    .limit(MOST_CANDIDATES)
    .execute();

/** Its names, their pinyin and initials are all kept as one list of keys (analyzer/pinyin.ts). */
const isCalled = ({ key, name_key, name_pinyin }: Customer, word: string): boolean =>
  key === fold(word) || name_key === companyKey(word) || name_pinyin.split(" ").includes(fold(word));

const without = (text: string, word: string): string => {
  const pieces = text.split(/\s+/);
  return pieces.filter((_, at) => at !== pieces.indexOf(word)).join(" ");
};
