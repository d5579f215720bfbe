import type { Logger } from "pino";
import type { Reader } from "../access/reader.ts";
import type { Config } from "../config.ts";
import type { Db } from "../db/open.ts";
import type { Assets } from "../views/assets.ts";
import type { Views } from "../views/engine.ts";
import type { Frame } from "../views/frame.ts";
import type { ViewerCache } from "./viewers.ts";

/** What the whole application is made of; made once at start, or for each test. */
export type Deps = {
  config: Config;
  db: Db;
  views: Views;
  assets: Assets;
  log: Logger;
  viewers: ViewerCache;
  /** The spaces in the frame of every page. */
  navigation: (read: Reader, path: string) => Promise<Frame["spaces"]>;
  /** ISO time of now. */
  now: () => string;
  /** Random bytes for ids and secrets; tests may seed it. */
  random: (size: number) => Buffer;
};
