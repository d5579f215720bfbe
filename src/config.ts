import { resolve } from "node:path";
import { z } from "zod";

const schema = z.object({
  ZHIKE_DATA: z.string().min(1).default("data"),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  BASE_URL: z.url({ protocol: /^https?$/ }).optional(),
  HOST: z.string().min(1).default("127.0.0.1"),
  PORT: z.coerce.number().int().min(0).max(65535).default(3000),
  LOG_LEVEL: z.enum(["fatal", "error", "warn", "info", "debug", "silent"]).default("info"),
  TRUST_PROXY: z.coerce.number().int().min(0).max(9).default(0),
  API_PER_MINUTE: z.coerce.number().int().min(1).max(1_000_000).default(600),
  SEARCH_PER_MINUTE: z.coerce.number().int().min(1).max(1_000_000).default(60),
});

export type Config = Readonly<{
  dataDir: string;
  databaseUrl: string | undefined;
  /** The address people use, without a slash at the end. Undefined: whatever they reached us by on this machine. */
  baseUrl: string | undefined;
  host: string;
  port: number;
  logLevel: string;
  /** How many proxies stand in front, whose X-Forwarded-For may be believed. */
  proxies: number;
  /** How many requests to the API, and how many searches among them, one token may make in a minute. */
  apiPerMinute: number;
  searchPerMinute: number;
}>;

/**
 * Reads the settings once, from the environment and then from the command line.
 * @throws Error that names every wrong variable, its rule and its value
 */
export function readConfig(
  environment: NodeJS.ProcessEnv,
  options: Partial<Pick<Config, "dataDir" | "host" | "port">> = {},
): Config {
  const known = Object.fromEntries(Object.keys(schema.shape).map((name) => [name, environment[name] || undefined]));
  const parsed = schema.safeParse(known);
  if (!parsed.success)
    throw new Error(
      [
        "The settings are not usable:",
        ...parsed.error.issues.map((issue) => `  ${issue.path.join(".")}: ${issue.message}`),
      ].join("\n"),
    );
  const { data } = parsed;
  return {
    dataDir: resolve(options.dataDir ?? data.ZHIKE_DATA),
    databaseUrl: options.dataDir ? undefined : data.DATABASE_URL,
    baseUrl: data.BASE_URL?.replace(/\/+$/, ""),
    host: options.host ?? data.HOST,
    port: options.port ?? data.PORT,
    logLevel: data.LOG_LEVEL,
    proxies: data.TRUST_PROXY,
    apiPerMinute: data.API_PER_MINUTE,
    searchPerMinute: data.SEARCH_PER_MINUTE,
  };
}
