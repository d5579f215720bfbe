import { subjectOf } from "../access/break-glass.ts";
import { readerFor } from "../access/reader.ts";
import { inTransaction } from "../access/transaction.ts";
import { record } from "../events/record.ts";
import type { Deps } from "./deps.ts";
import type { Visitor } from "./identify.ts";

/** Writes down what a break-glass session is about to be shown; without the entry nothing is shown. */
export async function recordOpening(
  deps: Deps,
  { self, viewer, glass }: Visitor,
  { path, params }: { path: string; params: Record<string, unknown> },
): Promise<void> {
  if (!self || !viewer || !glass) return;
  const subject = await subjectOf(readerFor(deps.db, viewer, deps.db.engine), path, params);
  const payload = { break_glass: glass.id, route: path };
  await inTransaction(deps.db, self, deps, (tx) => record(tx, { kind: "break_glass.opened", subject, payload }));
}
