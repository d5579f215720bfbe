/** One message in both languages of the interface: 简体中文 first, then English. */
export type Message = readonly [zh: string, en: string];

/**
 * Declares the words of one feature. A message that lacks a language does not compile.
 * A message with `{` is an ICU message: `{count, plural, one {# page} other {# pages}}`.
 */
export const words = <const W extends Record<string, Message>>(messages: W): W => messages;
