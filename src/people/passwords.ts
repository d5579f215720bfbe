import { hash, verify } from "@node-rs/argon2";

export const LEAST_LENGTH = 12;

/** argon2id with OWASP's parameters: 19 MiB of memory, 2 passes. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

export const hashPassword = (password: string): Promise<string> => hash(password, COST);

/** Checks a password; without a stored hash it takes as long and says no, so that nobody learns which logins exist. */
export async function checkPassword(stored: string | undefined, password: string): Promise<boolean> {
  const right = await verify(stored ?? (await decoy()), password);
  return right && stored !== undefined;
}

let decoyHash: Promise<string> | undefined;
const decoy = (): Promise<string> => {
  decoyHash ??= hashPassword("nobody has this password");
  return decoyHash;
};
