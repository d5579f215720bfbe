import { z } from "zod";

/** What a space is called in URLs and links; it stays as it is written. */
export const spaceKey = z
  .string()
  .trim()
  .regex(/^[\p{L}\p{N}][\p{L}\p{N}._-]{0,39}$/u, "spaces.keyRule");

/** A new space; `department` is the key of the department that will own it. */
export const newSpace = z.strictObject({
  key: spaceKey,
  name: z.string().trim().min(1).max(100),
  department: z.string().max(100),
  description: z.string().trim().max(2000).default(""),
});

/** What a new space is open to, in words. */
export const ACCESS = ["members", "readable", "open", "closed"] as const;
export type Access = (typeof ACCESS)[number];

export const newSpaceForm = newSpace.extend({ access: z.enum(ACCESS) });
export const changedSpace = newSpace.pick({ name: true, description: true });
