import { z } from "zod";
import { day } from "../forms/fields.ts";
import { loginName, newPassword } from "../people/setup.ts";

const text = (longest: number) => z.string().trim().max(longest);
const orNothing = (given: string): string | null => (given === "" ? null : given);

/** `/admin/people/new` and `/admin/departments/new` are forms. */
const isNotNew = (name: string): boolean => name !== "new";

const account = {
  name: text(100).min(1),
  email: z.union([z.literal(""), z.email()]).transform(orNothing),
  title: text(100).transform(orNothing),
  admin: z.literal("on").optional(),
  /** Department key → role; `""` for none. */
  roles: z.record(z.string().max(100), z.enum(["", "member", "manager"])),
};

/** A guest comes in until the end of this day. */
const lastDay = day.transform((given) => given && `${given}T23:59:59.999Z`);

/** Empty: an invitation link for someone new, else one is made up. */
const initialPassword = z.union([z.literal(""), newPassword]);

/** In a form the role in a department is a field of its own: `role.KEY`. */
const withRoles = z.record(z.string().max(110), z.string().max(1000)).transform((fields) => {
  const isRole = ([name]: [string, string]) => name.startsWith("role.");
  const roles = Object.entries(fields).filter(isRole);
  const rest = Object.entries(fields).filter((field) => !isRole(field));
  return { ...Object.fromEntries(rest), roles: Object.fromEntries(roles.map(([name, role]) => [name.slice(5), role])) };
});

export const newAccount = withRoles.pipe(
  z.strictObject({
    ...account,
    login: loginName.refine(isNotNew, "people.loginTaken"),
    kind: z.enum(["employee", "guest"]),
    expires: lastDay.optional(),
    password: initialPassword,
  }),
);
export const guestEnd = z.strictObject({ expires: lastDay });
export const changedAccount = withRoles.pipe(z.strictObject(account));
export const passwordReset = z.strictObject({ password: initialPassword });

const departmentKey = text(40)
  .regex(/^[\p{L}\p{N}][\p{L}\p{N}._-]*$/u, "departments.keyRule")
  .refine(isNotNew, "departments.keyTaken");
/** `parent` is the key of a department, or empty for the top. */
const department = z.strictObject({ name: text(100).min(1), parent: z.string().max(100) });
export const newDepartment = department.extend({ key: departmentKey });

/** The effect that was shown and is agreed to; see departments/effect.ts. */
const seen = z.string().max(100).optional();
export const changedDepartment = department.extend({ seen });
export const mergedDepartment = z.strictObject({ into: z.string().max(100).min(1, "departments.unknown"), seen });
