import { existsSync } from "node:fs";
import { join } from "node:path";
import { Option } from "commander";
import type { Tx } from "../access/transaction.ts";
import { readConfig } from "../config.ts";
import { newId } from "../db/portable.ts";
import { DEMO_DATA } from "../demo/load.ts";
import { getDepartment } from "../departments/queries.ts";
import { Invalid } from "../errors.ts";
import { addPerson, setMembership } from "../people/commands.ts";
import { administrator } from "../people/policy.ts";
import { getPerson, isInhabited } from "../people/queries.ts";
import { beginInstance, loginName } from "../people/setup.ts";
import { createToken } from "../people/tokens.ts";
import { asOperator, type DataOptions, type Instance, type Terminal, withData, withInstance } from "./instance.ts";
import type { Part } from "./run.ts";

type PersonOptions = DataOptions & {
  name: string;
  department?: string;
  manager?: true;
  admin?: true;
  company: string;
};
type TokenOptions = DataOptions & { scope: "read" | "write"; label: string };

export const peopleCommands: Part = (program, terminal) => {
  withData(
    program
      .command("person")
      .description("people")
      .command("add <login>")
      .description("add a colleague; prints their password"),
  )
    .requiredOption("--name <name>", "their name")
    .option("--department <key>", "department they belong to")
    .option("--manager", "they manage that department")
    .option("--admin", "they administer the instance")
    .option("--company <name>", "name of the company, for the very first person", "Company")
    .action((login: string, options: PersonOptions) =>
      withInstance(terminal, options, async (instance) => {
        const password = newId();
        await add(instance, { ...options, login: readLogin(login), password });
        terminal.say(`login: ${login.toLowerCase()}\npassword: ${password}`);
      }),
    );
  withData(
    program.command("token").description("API tokens").command("create <login>").description("print a new API token"),
  )
    .addOption(new Option("--scope <scope>", "what it may do").choices(["read", "write"]).default("write"))
    .option("--label <text>", "what it is for", "command line")
    .action((login: string, options: TokenOptions) =>
      withInstance(terminal, orDemo(terminal, options), async (instance) =>
        terminal.say(await asOperator(instance, undefined, (tx) => issueToken(tx, login, options))),
      ),
    );
};

/** Where nothing was begun yet but the demo company runs, that one is meant. */
const orDemo = ({ host }: Terminal, options: TokenOptions): TokenOptions => {
  const { dataDir, databaseUrl } = readConfig(host.environment);
  const isBegun = (folder: string) => existsSync(join(folder, "zhike.db"));
  const means = options.data === undefined && databaseUrl === undefined && !isBegun(dataDir) && isBegun(DEMO_DATA);
  return means ? { ...options, data: DEMO_DATA } : options;
};

/** @throws Invalid with the rule for logins */
const readLogin = (written: string): string => {
  const parsed = loginName.safeParse(written);
  if (!parsed.success) throw new Invalid({ login: "people.loginRule" });
  return parsed.data;
};

type NewPerson = PersonOptions & { login: string; password: string };

/** The very first person makes the instance habitable, and is its administrator and the manager of the company. */
const add = async ({ db, clock, ...instance }: Instance, person: NewPerson): Promise<void> => {
  if (await isInhabited(db)) await asOperator({ db, clock, ...instance }, undefined, (tx) => addColleague(tx, person));
  else await beginInstance(db, clock, person);
};

const addColleague = async (tx: Tx, { login, name, password, ...options }: NewPerson): Promise<void> => {
  const by = administrator(tx.viewer);
  const department = options.department === undefined ? undefined : await getDepartment(tx.read, options.department);
  const person = await addPerson(tx, by, { login, name, password, admin: options.admin ?? false });
  const role = options.manager ? "manager" : "member";
  if (department) await setMembership(tx, by, { department_id: department.id, person_id: person.id, role });
};

const issueToken = async (tx: Tx, login: string, { scope, label }: TokenOptions): Promise<string> => {
  const person = await getPerson(tx.read, login);
  const { secret } = await createToken(tx, { person_id: person.id, name: label, scope });
  return secret;
};
