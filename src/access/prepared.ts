import { type Compilable, type CompiledQuery, type RawBuilder, sql } from "kysely";
import type { Db } from "../db/open.ts";
import type { Reader } from "./reader.ts";
import { refuseOutside } from "./transaction.ts";

/** Stands in a query where a value will be. */
export type Slots<Values> = <Name extends keyof Values>(name: Name) => RawBuilder<Values[Name]>;

/**
 * A query for the busiest places: built and compiled once for each Reader (or the database), then only given other values.
 * Building a query costs several times what running it does.
 * @param build the query with a slot for each value
 */
export function prepared<From extends Reader | Db, Values extends Record<string, string | number>, Row>(
  build: (read: From, value: Slots<Values>) => Compilable<Row>,
): (read: From, values: Values) => Promise<Row[]> {
  const kept = new WeakMap<From, CompiledQuery<Row>>();
  return async (read, values) => {
    refuseOutside(read);
    const query = kept.get(read) ?? build(read, slot).compile();
    kept.set(read, query);
    const parameters = query.parameters.map((value) => (value instanceof Slot ? values[value.name] : value));
    return (await read.getExecutor().executeQuery<Row>({ ...query, parameters })).rows;
  };
}

class Slot {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
}

const slot = (name: PropertyKey): RawBuilder<never> => sql`${new Slot(String(name))}`;
