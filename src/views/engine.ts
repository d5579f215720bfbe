import { readdirSync, readFileSync } from "node:fs";
import { join, sep } from "node:path";
import Handlebars from "handlebars";
import type { Assets } from "./assets.ts";
import type { Frame } from "./frame.ts";
import { helpersWith } from "./helpers.ts";

export type Views = {
  /** Names of all views, e.g. `layouts/app`, `pages/show`. Each is also a partial under that name. */
  names: readonly string[];
  /** HTML of a view. Throws when the view is unknown or shows a field that the model lacks. */
  render: (name: string, model: object, frame: Frame) => string;
};

/** Compiles every `.hbs` below `dir`, once. Throws when one does not parse or calls an unknown helper. */
export const createViews = (dir: string, assets: Assets): Views => {
  const handlebars = Handlebars.create();
  const helpers = helpersWith(assets);
  handlebars.registerHelper(helpers);
  const compile = compiler(handlebars, Object.keys(helpers));
  const templates = new Map(viewFiles(dir).map(({ name, source }) => [name, compile(name, source)]));
  handlebars.registerPartial(Object.fromEntries(templates));

  const render: Views["render"] = (name, model, frame) => {
    const template = templates.get(name);
    if (template === undefined) throw new Error(`no view is called ${name}`);
    return template(model, { data: { frame } });
  };
  return { names: [...templates.keys()], render };
};

const viewFiles = (dir: string) =>
  readdirSync(dir, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".hbs"))
    .sort()
    .map((file) => ({
      name: file.slice(0, -".hbs".length).split(sep).join("/"),
      source: readFileSync(join(dir, file), "utf8"),
    }));

/** Precompiles rather than compiles: `Handlebars.compile` would wait for the first request. */
const compiler = (handlebars: typeof Handlebars, helpers: string[]) => {
  const options = {
    strict: true,
    knownHelpersOnly: true,
    knownHelpers: Object.fromEntries(helpers.map((name) => [name, true])),
    preventIndent: true,
  };
  return (name: string, source: string): Handlebars.TemplateDelegate => {
    try {
      const specification = handlebars.precompile(source, options);
      return handlebars.template(new Function(`return ${specification}`)());
    } catch (cause) {
      throw new Error(`views/${name}.hbs: ${cause instanceof Error ? cause.message : cause}`, { cause });
    }
  };
};
