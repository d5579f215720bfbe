import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import type { Clock } from "../access/transaction.ts";
import { findScopeBreak } from "../access/verify.ts";
import { systemViewer } from "../access/viewer.ts";
import { findDamage } from "../db/integrity.ts";
import type { Db } from "../db/open.ts";
import { findBreak } from "../events/verify.ts";
import { placeOf } from "../files/storage.ts";
import { findIndexBreak } from "../search/verify.ts";

/**
 * Checks that the database is whole, that the audit log was not changed, that all hangs in the scopes it should, that the
 * search index fits, and that every attached file is there as it was stored.
 * @returns what is wrong: the first break of each kind, and every file
 */
export const verify = async ({ db, dataDir, clock }: { db: Db; dataDir: string; clock: Clock }): Promise<string[]> => {
  const damage = await findDamage(db);
  if (damage.length > 0) return damage;
  const viewer = await systemViewer(db, { id: "verify", login: "verify", name: "verify" });
  const breaks = [await findBreak(db), await findScopeBreak(db), await findIndexBreak(db, { viewer, clock })];
  return [...breaks.filter((found) => found !== undefined), ...(await listLostFiles(db, dataDir))];
};

async function listLostFiles(db: Db, dataDir: string): Promise<string[]> {
  const files = await db.selectFrom("attachments").select(["hash", "name"]).orderBy("hash").orderBy("id").execute();
  const lost: string[] = [];
  for (const [hash, attached] of Map.groupBy(files, (file) => file.hash)) {
    const found = await hashOf(placeOf(dataDir, hash));
    if (found !== hash)
      lost.push(`${attached[0]?.name}: the file is ${found === undefined ? "missing" : "damaged"} (${hash})`);
  }
  return lost;
}

const hashOf = async (file: string): Promise<string | undefined> => {
  try {
    const hash = createHash("sha256");
    for await (const bytes of createReadStream(file)) hash.update(bytes);
    return hash.digest("base64url");
  } catch {
    return undefined;
  }
};
