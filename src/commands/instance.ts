import { randomBytes } from "node:crypto";
import type { Command } from "commander";
import { type Clock, inTransaction, type Tx } from "../access/transaction.ts";
import { systemViewer, type Viewer } from "../access/viewer.ts";
import { type Config, readConfig } from "../config.ts";
import type { Db } from "../db/open.ts";
import type { Person } from "../db/schema.ts";
import { Problem } from "../errors.ts";
import { type T, translator } from "../i18n/i18n.ts";
import { openInstance } from "../start.ts";

/** What a command may use of the process it runs in; tests put their own in its place. */
export type Host = {
  stdout: { write: (text: string) => unknown; isTTY?: boolean };
  stderr: { write: (text: string) => unknown; isTTY?: boolean };
  environment: NodeJS.ProcessEnv;
  once: (signal: "SIGINT" | "SIGTERM", then: () => void) => unknown;
};

export type Terminal = { host: Host; exitCode: number; say: (line: string) => void };

/** The options that every command has. */
export type DataOptions = { data?: string };

export const withData = (command: Command): Command =>
  command.option("--data <dir>", "folder of the instance's data (default: ZHIKE_DATA or data/)");

/** An open instance, and whoever works on it from the command line: they see and may do everything. */
export type Instance = { config: Config; db: Db; clock: Clock; operator: (login?: string) => Promise<Viewer> };

/** Opens the data of an instance, works on it, and closes it again, whatever happens. The server may run beside. */
export const withInstance = async <R>(
  { host }: Terminal,
  { data }: DataOptions,
  work: (instance: Instance) => Promise<R>,
): Promise<R> => {
  const config = readConfig(host.environment, data === undefined ? {} : { dataDir: data });
  const db = await openInstance(config);
  try {
    return await work(instanceOf(config, db));
  } finally {
    await db.destroy();
  }
};

export const instanceOf = (config: Config, db: Db): Instance => ({
  config,
  db,
  clock: REAL_CLOCK,
  operator: async (login) => systemViewer(db, await operatorOf(db, login)),
});

/** Does something in one transaction with the rights of the command line, in the name of `login`. */
export const asOperator = async <R>(
  instance: Instance,
  login: string | undefined,
  work: (tx: Tx) => Promise<R>,
): Promise<R> => inTransaction(instance.db, await instance.operator(login), instance.clock, work);

/** The language of the person at the terminal. */
export const languageOf = ({ host: { environment: env } }: Terminal): T =>
  translator(/^zh/i.test(env.LC_ALL || env.LC_MESSAGES || env.LANG || "") ? "zh-CN" : "en");

const REAL_CLOCK: Clock = { now: () => new Date().toISOString(), random: randomBytes };

/** Someone by login; without one the first administrator. */
const operatorOf = async (db: Db, login: string | undefined): Promise<Person> => {
  const people = db.selectFrom("people").selectAll().where("deactivated_at", "is", null);
  const found = await (login === undefined
    ? people.where("admin_at", "is not", null).orderBy("created_at").orderBy("id").executeTakeFirst()
    : people.where("login", "=", login).executeTakeFirst());
  if (found) return found;
  throw new Problem(
    422,
    "no_operator",
    login === undefined
      ? "Nobody is here yet. Open the site once, or run: zhike person add LOGIN --name NAME --admin"
      : `There is nobody with the login ${login}.`,
  );
};
