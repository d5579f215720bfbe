import type { Person } from "../db/schema.ts";

export const personUrl = ({ login }: Pick<Person, "login">): string => `/people/${encodeURIComponent(login)}`;
