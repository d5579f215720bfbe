import { createScope, type Entry, replaceEntries } from "../access/entries.ts";
import type { Allowed } from "../access/grant.ts";
import type { Tx } from "../access/transaction.ts";
import type { Space } from "../db/schema.ts";
import { Invalid } from "../errors.ts";
import { record } from "../events/record.ts";
import { hueOf } from "../views/frame.ts";
import { type Managed, spaceToManage } from "./policy.ts";
import { findSpace } from "./queries.ts";

export type SpaceDraft = { key: string; name: string; description: string; entries?: Entry[]; restricted?: boolean };

/**
 * Opens a space owned by a department; unless `entries` say otherwise its members may edit there and nobody else sees it.
 * @throws Invalid when the viewer can see another space with this key
 */
export async function createSpace(tx: Tx, department: Managed, draft: SpaceDraft): Promise<Space> {
  if (await findSpace(tx.read, draft.key)) throw new Invalid({ key: "spaces.keyTaken" });
  const {
    entries = [{ principal: `department:${department.id}`, kind: "grant" as const, level: 3 }],
    restricted = false,
    ...named
  } = draft;
  const scope_id = await createScope(tx, { kind: "space", department_id: department.id });
  const space: Space = {
    ...named,
    id: tx.newId(),
    department_id: department.id,
    scope_id,
    hue: hueOf(draft.key),
    created_at: tx.now,
    created_by: tx.viewer.id,
    archived_at: null,
  };
  await tx.insertInto("spaces").values(space).execute();
  await replaceEntries(tx, spaceToManage(tx.viewer, space), { entries, restricted });
  await record(tx, { kind: "space.created", subject: { kind: "space", id: space.id } });
  return space;
}

/** Renames a space or says anew what it is for; its key stays, because links name it. */
export async function changeSpace(
  tx: Tx,
  space: Allowed<Space, "manage">,
  to: Pick<Space, "name" | "description">,
): Promise<void> {
  await tx.updateTable("spaces").set(to).where("id", "=", space.id).execute();
  const { name, description } = space;
  const payload = { before: { name, description }, after: to };
  await record(tx, { kind: "space.changed", subject: { kind: "space", id: space.id }, payload });
}

/** Takes a space out of lists and navigation; its pages can still be read and found. */
export async function archiveSpace(tx: Tx, space: Allowed<Space, "manage">): Promise<void> {
  await tx.updateTable("spaces").set({ archived_at: tx.now }).where("id", "=", space.id).execute();
  await record(tx, { kind: "space.archived", subject: { kind: "space", id: space.id } });
}

/** Brings an archived space back. */
export async function reopenSpace(tx: Tx, space: Allowed<Space, "manage">): Promise<void> {
  await tx.updateTable("spaces").set({ archived_at: null }).where("id", "=", space.id).execute();
  await record(tx, { kind: "space.reopened", subject: { kind: "space", id: space.id } });
}
