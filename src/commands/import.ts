import { type Command, InvalidArgumentError } from "commander";
import type { Importing, Progress } from "../imports/importing.ts";
import { importMarkdown } from "../imports/pages/import.ts";
import { count, type Report, reportJson, reportText } from "../imports/report.ts";
import { importTable, TABLES, type TableImport } from "../imports/tables/import.ts";
import { type DataOptions, type Instance, languageOf, type Terminal, withData, withInstance } from "./instance.ts";
import type { Part } from "./run.ts";

type ImportOptions = DataOptions & { as?: string; dryRun?: true; json?: true };
type TableOptions = ImportOptions & { map: Map<string, string>; system?: string; timeZone: string };
type MarkdownOptions = ImportOptions & { space: string; name?: string; department?: string };

export const importCommands: Part = (program, terminal) => {
  const imports = program.command("import").description("bring in pages, customers, products");
  for (const what of TABLE_NAMES) addTable(imports.command(`${what} <file>`), what, terminal);
  withImport(
    imports
      .command("markdown <dir>")
      .description("a folder of Markdown, or a zip of one, becomes the pages of a space"),
  )
    .requiredOption("--space <key>", "space to import into; made if it is missing")
    .option("--name <name>", "name of a new space")
    .option("--department <key>", "department that owns a new space")
    .action((folder: string, options: MarkdownOptions) =>
      runImport(terminal, options, (importing) =>
        importMarkdown(importing, {
          folder,
          space: { key: options.space, name: options.name, department: options.department },
          dryRun: options.dryRun ?? false,
          progress: progressBar(terminal),
        }),
      ),
    );
};

const TABLE_NAMES = [
  "customers",
  "contacts",
  "products",
  "owned",
  "interactions",
] as const satisfies (keyof typeof TABLES)[];

const addTable = (command: Command, what: TableImport["what"], terminal: Terminal): void => {
  withImport(command.description(`a CSV table of ${what} (fields: ${Object.keys(TABLES[what].fields).join(", ")})`))
    .option(
      "--map <field=column>",
      "column of a field, where its name does not say it; may be repeated",
      addPair,
      new Map(),
    )
    .option("--system <name>", "the program whose ids the table carries (default: csv)")
    .option("--time-zone <zone>", "time zone of times without one", Intl.DateTimeFormat().resolvedOptions().timeZone)
    .action((file: string, { map, system, timeZone, ...options }: TableOptions) =>
      runImport(terminal, options, (importing) =>
        importTable(importing, { what, file, map, system, timeZone, dryRun: options.dryRun ?? false }),
      ),
    );
};

const addPair = (pair: string, map: Map<string, string>): Map<string, string> => {
  const at = pair.indexOf("=");
  if (at < 1) throw new InvalidArgumentError("Write it as field=column.");
  return new Map([...map, [pair.slice(0, at).trim(), pair.slice(at + 1).trim()]]);
};

const withImport = (command: Command): Command =>
  withData(command)
    .option("--as <login>", "in whose name (default: the first administrator)")
    .option("--dry-run", "only say what would be done")
    .option("--json", "one JSON report on stdout");

/** Runs an import, prints its report and ends with 1 if anything was refused. */
const runImport = (
  terminal: Terminal,
  options: ImportOptions,
  work: (importing: Importing) => Promise<Report>,
): Promise<void> =>
  withInstance(terminal, options, async (instance) => {
    const report = await work(importingOf(instance, options.as));
    const t = languageOf(terminal);
    terminal.say(options.json ? JSON.stringify(reportJson(report, t)) : reportText(report, t));
    if (count(report, "refused") > 0) terminal.exitCode = 1;
  });

const importingOf = ({ db, clock, config, operator }: Instance, login: string | undefined): Importing => ({
  db,
  clock,
  dataDir: config.dataDir,
  viewer: () => operator(login),
});

const WIDTH = 30;

/** A bar on a terminal; nothing where the output goes to a file or another program. */
const progressBar = ({ host: { stderr } }: Terminal): Progress => {
  if (!stderr.isTTY) return () => {};
  return (done, of) => {
    const filled = Math.round((Math.min(done, of) / Math.max(of, 1)) * WIDTH);
    stderr.write(
      `\r${"█".repeat(filled)}${"░".repeat(WIDTH - filled)} ${Math.min(done, of)}/${of}${done >= of ? "\n" : ""}`,
    );
  };
};
