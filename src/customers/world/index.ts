import { createHash } from "node:crypto";
import type { Reader } from "../../access/reader.ts";
import { dayIn } from "../../interactions/days.ts";
import { createPool } from "../../markdown/pool.ts";
import { type Audience, documentsOf } from "./documents.ts";
import type { Found, Packed, Task } from "./packing.ts";
import type { World } from "./queries.ts";
import { loadTexts } from "./texts.ts";

/**
 * The index of a world with its documents, as gzipped JSON `{ index, documents }`: `lunr.Index.load(index)`, whose refs
 * are places in `documents`. Built off the event loop and kept under a digest of all that the viewer sees here, so that
 * no change and no permission is missed.
 */
export async function packWorld(read: Reader, world: World, audience: Audience): Promise<Buffer> {
  const key = digestOf(world, audience);
  const pack = kept.get(key) ?? makePack(read, world, audience);
  kept.delete(key);
  kept.set(key, pack);
  pack.catch(() => kept.delete(key));
  if (kept.size > MOST_KEPT) kept.delete(kept.keys().next().value ?? "");
  return pack;
}

/** After something was erased: no index that still holds it is kept, even for nobody. */
export const forgetWorlds = (): void => kept.clear();

/** Looks for a text in a world, best hits first, for those who have no script. */
export async function findInWorld(read: Reader, world: World, asked: Audience & { text: string }): Promise<Found> {
  const done = await pool.run({ packed: await packWorld(read, world, asked), text: asked.text });
  return "hits" in done ? done : { hits: [], total: 0 };
}

const pool = createPool<Task, Packed | Found>(new URL("./worker.ts", import.meta.url), {
  workers: 1,
  milliseconds: 20_000,
  waiting: 200,
});

/** Newest last. */
const kept = new Map<string, Promise<Buffer>>();
const MOST_KEPT = 60;

async function makePack(read: Reader, world: World, audience: Audience): Promise<Buffer> {
  const texts = await loadTexts(read, world.pages);
  const done = await pool.run({ documents: documentsOf(world, texts, audience) });
  return "packed" in done ? Buffer.from(done.packed) : Buffer.alloc(0);
}

/** Days are written as seen from today, and reviews become due: the day is part of what is shown. */
function digestOf(world: World, { customer, locale, now, canTell }: Audience): string {
  const seen = JSON.stringify([world, customer.key, locale, dayIn(now), canTell]);
  return createHash("sha256").update(seen).digest("base64url");
}
