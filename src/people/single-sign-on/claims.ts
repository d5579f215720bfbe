import { z } from "zod";
import { asText } from "../../http/input.ts";

/** What the provider says about somebody, as far as it is of use. */
export type Claims = {
  issuer: string;
  subject: string;
  /** What they are called there: for people to recognize, never to find anybody by. */
  name: string;
  login: string;
  email: string | null;
  departments: string[];
};

const MOST_DEPARTMENTS = 500;

/**
 * Reads the claims of an ID token, whose signature was checked, and of the user info.
 * @param departmentsClaim name of the claim whose values, a text or a list of texts, stand for departments
 * @throws ZodError when issuer or subject are missing
 */
export function readClaims(claims: Record<string, unknown>, departmentsClaim: string | undefined): Claims {
  const { iss, sub } = SUBJECT.parse(claims);
  const [login, email] = [textOf(claims.preferred_username), textOf(claims.email)];
  return {
    issuer: iss,
    subject: sub,
    name: (textOf(claims.name) || login || email || sub).slice(0, 100).toWellFormed(),
    login: loginFrom(login || email),
    email: claims.email_verified !== false && EMAIL.safeParse(email).success ? email : null,
    departments: departmentsClaim === undefined ? [] : textsOf(claims[departmentsClaim]).slice(0, MOST_DEPARTMENTS),
  };
}

/** Compared to the letter, so nothing in them may be mended. */
const exact = (longest: number) =>
  z
    .string()
    .min(1)
    .max(longest)
    .refine((text) => asText(text) === text);
const SUBJECT = z.object({ iss: exact(500), sub: exact(255) });
const EMAIL = z.email().max(200);

const textOf = (claim: unknown): string => (typeof claim === "string" ? asText(claim).trim() : "");

const textsOf = (claim: unknown): string[] => [claim].flat().map(textOf).filter(Boolean);

/** A login as our rule has it (`people.loginRule`), made of what is before the @; empty when nothing is left of it. */
function loginFrom(name: string): string {
  const plain = name.split("@")[0]?.normalize("NFKD").toLowerCase() ?? "";
  const fitting = plain.replace(/[^a-z0-9._-]+/g, "").replace(/^[._-]+/, "");
  return fitting.length < 2 ? "" : fitting.slice(0, 35);
}
