import type { Department } from "../db/schema.ts";

export const departmentUrl = ({ key }: Pick<Department, "key">): string => `/departments/${encodeURIComponent(key)}`;
