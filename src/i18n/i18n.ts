import { IntlMessageFormat } from "intl-messageformat";
import type { Locale } from "./locale.ts";
import { access } from "./words/access.ts";
import { admin } from "./words/admin.ts";
import { api } from "./words/api.ts";
import { audit } from "./words/audit.ts";
import { comments } from "./words/comments.ts";
import { contacts } from "./words/contacts.ts";
import { customers } from "./words/customers.ts";
import { departments } from "./words/departments.ts";
import { errors } from "./words/errors.ts";
import { files } from "./words/files.ts";
import { home } from "./words/home.ts";
import { imports } from "./words/imports.ts";
import { interactions } from "./words/interactions.ts";
import { links } from "./words/links.ts";
import { notifications } from "./words/notifications.ts";
import { pages } from "./words/pages.ts";
import { people } from "./words/people.ts";
import { privacy } from "./words/privacy.ts";
import { products } from "./words/products.ts";
import { questions } from "./words/questions.ts";
import { search } from "./words/search.ts";
import { shared } from "./words/shared.ts";
import { signIn } from "./words/sign-in.ts";
import { spaces } from "./words/spaces.ts";
import type { Message } from "./words.ts";

const messages = {
  ...access,
  ...admin,
  ...api,
  ...audit,
  ...comments,
  ...contacts,
  ...customers,
  ...departments,
  ...errors,
  ...files,
  ...home,
  ...imports,
  ...interactions,
  ...links,
  ...notifications,
  ...pages,
  ...people,
  ...privacy,
  ...products,
  ...questions,
  ...search,
  ...shared,
  ...signIn,
  ...spaces,
};

/** The name of a message, e.g. `pages.edit`. */
export type Key = keyof typeof messages;
export type Values = Record<string, string | number>;
/** Says a message in the language of one reader. Throws when a value the message needs is missing. */
export type T = (key: Key, values?: Values) => string;

const catalogue: ReadonlyMap<string, Message> = new Map(Object.entries(messages));

/** The names of all messages, for tests and for checking views at start. */
export const messageKeys = (): string[] => [...catalogue.keys()];

/** Whether a name written in a view or in data is that of a message. */
export const isKey = (key: unknown): key is Key => typeof key === "string" && catalogue.has(key);

/** The raw text of a message in one language, ICU syntax and all. */
export const messageText = (key: Key, locale: Locale): string => messages[key][locale === "zh-CN" ? 0 : 1];

const translators: Record<Locale, T> = { "zh-CN": speak("zh-CN"), en: speak("en") };

/** The translator of a language; one per language for the life of the process. */
export const translator = (locale: Locale): T => translators[locale];

function speak(locale: Locale): T {
  const compiled = new Map<Key, IntlMessageFormat>();
  const compile = (key: Key): IntlMessageFormat => {
    const message = new IntlMessageFormat(messageText(key, locale), locale, undefined, { ignoreTag: true });
    compiled.set(key, message);
    return message;
  };
  return (key, values) => {
    const text = messageText(key, locale);
    return text.includes("{") ? String((compiled.get(key) ?? compile(key)).format(values)) : text;
  };
}
