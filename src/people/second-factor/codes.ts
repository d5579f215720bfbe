import { Secret, TOTP } from "otpauth";
import { renderSVG } from "uqr";
import { digest } from "../../http/session.ts";
import { type SafeHtml, safeHtml } from "../../views/safe.ts";

type Random = (size: number) => Buffer;

const PERIOD_SECONDS = 30;
/** A code also counts one step early or late: clocks differ, and typing takes a while (RFC 6238 §5.2). */
const STEPS_AROUND = 1;
const SECRET_BYTES = 20;

/** A new secret of 160 bits in base32, as RFC 4226 §4 asks for. */
export const newSecret = (random: Random): string => base32(random(SECRET_BYTES));

/**
 * The 30-second step of time that a code belongs to (RFC 6238).
 * @param at ISO time of now
 * @returns undefined for a code that is wrong at `at`
 */
export function stepOf(secret: string, code: string, at: string): number | undefined {
  const timestamp = Date.parse(at);
  const delta = totp(secret).validate({ token: code, timestamp, window: STEPS_AROUND });
  return delta === null ? undefined : Math.floor(timestamp / 1000 / PERIOD_SECONDS) + delta;
}

/** The `otpauth:` address that an authenticator app reads from the picture. */
export const addressOf = (secret: string, login: string, site: string): string => totp(secret, login, site).toString();

/** A picture of the address as inline SVG: black on white in every theme, so that a camera can read it. */
export const pictureOf = (address: string): SafeHtml => safeHtml(renderSVG(address, { border: 2 }));

const RECOVERY_CODES = 10;

/** Ten codes of 80 bits in groups of four, each for one sign-in without the app. */
export const newRecoveryCodes = (random: Random): string[] =>
  Array.from({ length: RECOVERY_CODES }, () => inGroups(base32(random(10)).toLowerCase(), "-"));

/** What is kept of a recovery code: 80 random bits need no slow hash. */
export const recoveryDigest = (personId: string, code: string): string => digest(`${personId} ${bare(code)}`);

/** A code as it was meant: people type spaces and dashes, and capitals. */
export const bare = (typed: string): string => typed.replace(/[\s-]/g, "").toLowerCase();

/** Base32 in groups of four, to be read aloud or typed. Apps know no dash in a secret, but spaces. */
export const inGroups = (text: string, between = " "): string => text.match(/.{1,4}/g)?.join(between) ?? "";

const totp = (secret: string, label = "", issuer = ""): TOTP =>
  new TOTP({ secret: Secret.fromBase32(secret), label, issuer, digits: 6, period: PERIOD_SECONDS, algorithm: "SHA1" });

const base32 = (bytes: Buffer): string => new Secret({ buffer: new Uint8Array(bytes).buffer }).base32;
