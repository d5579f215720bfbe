import type { Reader } from "../access/reader.ts";
import type { Department } from "../db/schema.ts";
import { NotFound } from "../errors.ts";

export const listDepartments = (read: Reader): Promise<Department[]> =>
  read.selectFrom("departments").selectAll().orderBy("created_at").orderBy("id").execute();

export const findDepartment = (read: Reader, key: string): Promise<Department | undefined> =>
  read.selectFrom("departments").selectAll().where("key", "=", key).executeTakeFirst();

/** @throws NotFound */
export async function getDepartment(read: Reader, key: string): Promise<Department> {
  const department = await findDepartment(read, key);
  if (!department) throw new NotFound();
  return department;
}
