import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { findDamage } from "../db/integrity.ts";
import type { Db } from "../db/open.ts";
import { placeOf } from "../files/storage.ts";

/** Checks that the database is whole and that every attached file is there as it was stored. @returns what is wrong */
export const verify = async ({ db, dataDir }: { db: Db; dataDir: string }): Promise<string[]> => {
  const files = await db.selectFrom("attachments").select(["hash", "name"]).orderBy("hash").orderBy("id").execute();
  const wrong = await findDamage(db);
  for (const [hash, attached] of Map.groupBy(files, (file) => file.hash)) {
    const found = await hashOf(placeOf(dataDir, hash));
    if (found !== hash)
      wrong.push(`${attached[0]?.name}: the file is ${found === undefined ? "missing" : "damaged"} (${hash})`);
  }
  return wrong;
};

const hashOf = async (file: string): Promise<string | undefined> => {
  try {
    const hash = createHash("sha256");
    for await (const bytes of createReadStream(file)) hash.update(bytes);
    return hash.digest("base64url");
  } catch {
    return undefined;
  }
};
