import type { Permissions } from "../access/entries.ts";
import type { Reader } from "../access/reader.ts";
import { NotFound } from "../errors.ts";
import { type Choice, choiceOf } from "./choices.ts";
import { findChange, type PermissionChange } from "./history.ts";
import type { Draft } from "./present-subject.ts";
import { NOTHING_SAID, type Subject } from "./subjects.ts";

/** What has to be chosen so that all is as it was before a change; `isNewest`: nothing has changed since. */
export type Undo = { draft: Draft; isNewest: boolean };

/**
 * The way back from one change of a subject.
 * @param known the principals that still exist
 * @throws NotFound for a change of something else
 */
export async function findUndo(read: Reader, subject: Subject, changeId: string, known: Set<string>): Promise<Undo> {
  const change = await findChange(read, changeId);
  if (!change || change.moved || !isAbout(change, subject)) throw new NotFound();
  return {
    draft: draftBack(subject.stored, change.before, known),
    isNewest: sameText(subject.stored, change.after ?? NOTHING_SAID),
  };
}

/** A page or customer that inherits again gave up its scope: the change stands where it hangs now. */
export const isAbout = ({ scopeId, released }: PermissionChange, { id, kind, isOwn, ...subject }: Subject): boolean =>
  kind === "page" || kind === "customer"
    ? released === id || (released === null && isOwn && scopeId === subject.scopeId)
    : released === null && scopeId === subject.scopeId;

function draftBack(now: Permissions, before: Permissions, known: Set<string>): Draft {
  const principals = new Set([...now.entries, ...before.entries].map((entry) => entry.principal));
  const choices = [...principals]
    .filter((principal) => known.has(principal))
    .map((principal): [string, Choice] => [principal, choiceOf(before.entries, principal)])
    .filter(([principal, choice]) => choice !== choiceOf(now.entries, principal));
  return { choices: new Map(choices), restricted: before.restricted };
}

const sameText = (a: Permissions, b: Permissions): boolean => JSON.stringify(a) === JSON.stringify(b);
