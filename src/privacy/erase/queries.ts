import type { Reader } from "../../access/reader.ts";
import { mayHold } from "../../db/portable.ts";
import type { Contact, Erasure } from "../../db/schema.ts";
import { redact, type Trace } from "./traces.ts";

/** In how many rows that the viewer can see somebody is named. What they cannot see is erased too, and not counted here. */
export type Preview = { interactions: number; pages: number; revisions: number };

export async function previewErasure(read: Reader, traces: readonly Trace[]): Promise<Preview> {
  const needles = traces.flatMap((trace) => trace.needles);
  if (needles.length === 0) return { interactions: 0, pages: 0, revisions: 0 };
  const said = await read
    .selectFrom("visible_interactions")
    .select(["words", "outcome"])
    .where((eb) =>
      eb.or(needles.flatMap((needle) => [mayHold(eb.ref("words"), needle), mayHold(eb.ref("outcome"), needle)])),
    )
    .execute();
  const revisions = await read
    .selectFrom("visible_revisions")
    .select(["page_id", "title", "body", "summary", "labels"])
    .where((eb) =>
      eb.or(
        (["title", "body", "summary", "labels"] as const).flatMap((column) =>
          needles.map((needle) => mayHold(eb.ref(column), needle)),
        ),
      ),
    )
    .execute();
  const holds = (texts: object): boolean =>
    Object.values(texts).some((text) => typeof text === "string" && redact(text, traces) !== text);
  const held = revisions.filter(holds);
  return {
    interactions: said.filter(holds).length,
    pages: new Set(held.map((row) => row.page_id)).size,
    revisions: held.length,
  };
}

/** Who erased a contact, when and why. */
export const findErasureOf = (
  read: Reader,
  contact: Pick<Contact, "id">,
): Promise<(Pick<Erasure, "at" | "reason"> & { person: string }) | undefined> =>
  read
    .selectFrom("visible_erasures as erasure")
    .innerJoin("people as person", "person.id", "erasure.person_id")
    .select(["erasure.at", "erasure.reason", "person.name as person"])
    .where("erasure.contact_id", "=", contact.id)
    .orderBy("erasure.at", "desc")
    .executeTakeFirst();
