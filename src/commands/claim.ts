import { mkdirSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";

const PATIENCE_MS = 2000;

/**
 * Claims a folder of data for one server: each keeps things in memory that another would change under it. The claim is a
 * lock of the operating system on an empty database, so it ends with the process, however that ends. Commands do not claim,
 * and run beside. With PostgreSQL many servers may serve the same data.
 * @throws Error when another server has it
 */
export function claimData(place: { dataDir: string; databaseUrl: string | undefined }): Disposable {
  if (place.databaseUrl) return { [Symbol.dispose]: () => {} };
  mkdirSync(place.dataDir, { recursive: true, mode: 0o700 });
  const lock = new Database(join(place.dataDir, CLAIM), { timeout: PATIENCE_MS });
  try {
    lock.exec("begin exclusive");
  } catch (error) {
    lock.close();
    if (!(error instanceof Database.SqliteError) || error.code !== "SQLITE_BUSY") throw error;
    throw new Error(`Another server serves ${place.dataDir}. Stop it first, or name another folder with --data.`);
  }
  return { [Symbol.dispose]: () => void lock.close() };
}

/** The file in the folder that carries the lock. */
export const CLAIM = "zhike.lock";
