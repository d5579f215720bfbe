import { resolve } from "node:path";
import { z } from "zod";

/** Without TLS only a provider on this machine may be asked, e.g. in a test. */
const issuer = z
  .url({ protocol: /^https?$/ })
  .regex(
    /^https:|^http:\/\/(127\.0\.0\.1|localhost|\[::1\])(:\d+)?(\/|$)/,
    "must begin with https:// (http is for 127.0.0.1 and localhost alone)",
  );

const settings = z.object({
  ZHIKE_DATA: z.string().min(1).default("data"),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  BASE_URL: z.url({ protocol: /^https?$/ }).optional(),
  HOST: z.string().min(1).default("127.0.0.1"),
  PORT: z.coerce.number().int().min(0).max(65535).default(3000),
  LOG_LEVEL: z.enum(["fatal", "error", "warn", "info", "debug", "silent"]).default("info"),
  TRUST_PROXY: z.coerce.number().int().min(0).max(9).default(0),
  API_PER_MINUTE: z.coerce.number().int().min(1).max(1_000_000).default(600),
  SEARCH_PER_MINUTE: z.coerce.number().int().min(1).max(1_000_000).default(60),
  OIDC_ISSUER: issuer.optional(),
  OIDC_CLIENT_ID: z.string().min(1).optional(),
  OIDC_CLIENT_SECRET: z.string().min(1).optional(),
  OIDC_SCOPES: z.string().default("openid profile email"),
  OIDC_DEPARTMENTS_CLAIM: z.string().min(1).optional(),
  OIDC_NAME: z.string().min(1).max(40).default("SSO"),
  OIDC_CREATE: z.enum(["none", "person"]).default("none"),
  SECOND_FACTOR: z.enum(["optional", "admins", "managers", "everyone"]).default("optional"),
});
type Settings = z.infer<typeof settings>;

/** Single sign-on needs an address to come back to: `Host` is never believed. */
const schema = settings.check((checked) => {
  const given = checked.value;
  const wrong = (name: keyof Settings, message: string) =>
    checked.issues.push({ code: "custom", path: [name], message, input: given[name] });
  if (!given.OIDC_ISSUER) {
    if (given.OIDC_CLIENT_ID) wrong("OIDC_ISSUER", "is missing, but OIDC_CLIENT_ID is set");
    return;
  }
  for (const name of ["OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET", "BASE_URL"] as const)
    if (!given[name]) wrong(name, "is missing, but OIDC_ISSUER is set");
  if (!given.OIDC_SCOPES.split(" ").includes("openid")) wrong("OIDC_SCOPES", "must hold openid");
});

/** Who vouches for people (OpenID Connect), and what is taken from it. */
export type SignOn = Readonly<{
  issuer: string;
  clientId: string;
  clientSecret: string;
  scopes: string;
  /** The claim whose values are mapped to departments. */
  departmentsClaim: string | undefined;
  /** What the button calls it. */
  name: string;
  /** What becomes of somebody whom nobody here is linked to. */
  create: "none" | "person";
  /** Where the provider sends people back to. */
  callback: string;
}>;

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
  /** How many requests to the API, and how many searches among them, one person may make in a minute. */
  apiPerMinute: number;
  searchPerMinute: number;
  signOn: SignOn | undefined;
  /** Whose password alone does not open the door. */
  secondFactor: "optional" | "admins" | "managers" | "everyone";
}>;

/**
 * Reads the settings once, from the environment and then from the command line.
 * @throws Error that names every wrong variable, its rule and its value
 */
export function readConfig(
  environment: NodeJS.ProcessEnv,
  options: Partial<Pick<Config, "dataDir" | "host" | "port">> = {},
): Config {
  const known = Object.fromEntries(Object.keys(settings.shape).map((name) => [name, environment[name] || undefined]));
  const parsed = schema.safeParse(known);
  if (!parsed.success)
    throw new Error(
      [
        "The settings are not usable:",
        ...parsed.error.issues.map((issue) => `  ${issue.path.join(".")}: ${issue.message}`),
      ].join("\n"),
    );
  const { data } = parsed;
  const baseUrl = data.BASE_URL?.replace(/\/+$/, "");
  return {
    dataDir: resolve(options.dataDir ?? data.ZHIKE_DATA),
    databaseUrl: options.dataDir ? undefined : data.DATABASE_URL,
    baseUrl,
    host: options.host ?? data.HOST,
    port: options.port ?? data.PORT,
    logLevel: data.LOG_LEVEL,
    proxies: data.TRUST_PROXY,
    apiPerMinute: data.API_PER_MINUTE,
    searchPerMinute: data.SEARCH_PER_MINUTE,
    signOn: signOnOf(data, baseUrl),
    secondFactor: data.SECOND_FACTOR,
  };
}

const signOnOf = (data: Settings, baseUrl: string | undefined): SignOn | undefined =>
  data.OIDC_ISSUER && data.OIDC_CLIENT_ID && data.OIDC_CLIENT_SECRET && baseUrl
    ? {
        issuer: data.OIDC_ISSUER,
        clientId: data.OIDC_CLIENT_ID,
        clientSecret: data.OIDC_CLIENT_SECRET,
        scopes: data.OIDC_SCOPES,
        departmentsClaim: data.OIDC_DEPARTMENTS_CLAIM,
        name: data.OIDC_NAME,
        create: data.OIDC_CREATE,
        callback: `${baseUrl}/login/oidc/callback`,
      }
    : undefined;
