import { atLeast } from "../access/grant.ts";
import type { Viewer } from "../access/viewer.ts";
import type { Department, Space } from "../db/schema.ts";
import type { T } from "../i18n/i18n.ts";
import { type FormState, field, fieldsInError } from "../views/field.ts";
import { initialOf } from "../views/frame.ts";
import { ACCESS } from "./forms.ts";
import { spaceUrl } from "./urls.ts";

export type Card = {
  name: string;
  url: string;
  initial: string;
  hue: number;
  description: string;
  owner: string;
  pages: number;
  changedAt: string | null;
  canEdit: boolean;
  settingsUrl: string | null;
};

type Around = {
  viewer: Viewer;
  departments: Map<string, Pick<Department, "name">>;
  activity: Map<string, { pages: number; changedAt: string }>;
};

/** A space as lists show it. */
export const presentCard = (space: Space, { viewer, departments, activity }: Around): Card => ({
  name: space.name,
  url: spaceUrl(space),
  initial: initialOf(space.name),
  hue: space.hue,
  description: space.description,
  owner: departments.get(space.department_id)?.name ?? "",
  pages: activity.get(space.id)?.pages ?? 0,
  changedAt: activity.get(space.id)?.changedAt ?? null,
  canEdit: atLeast(viewer, space, "edit"),
  settingsUrl: atLeast(viewer, space, "manage") ? `${spaceUrl(space)}/settings` : null,
});

export function presentNewSpace(t: T, form: FormState, departments: Department[]) {
  const owners = departments.map(({ key, name }) => ({ value: key, label: name }));
  const access = ACCESS.map((value) => ({ value, label: t(`spaces.access.${value}`) }));
  const fields = {
    name: nameField(t, form),
    key: field("key", t("spaces.key"), form, { required: true, hint: t("spaces.keyHint"), autocomplete: "off" }),
    department: field("department", t("spaces.ownedBy"), form, { required: true, options: owners }),
    description: descriptionField(t, form),
    access: field("access", t("spaces.access"), form, {
      required: true,
      options: access,
      hint: t("spaces.accessHint"),
    }),
  };
  return { title: t("spaces.new"), ...fields, problems: fieldsInError(Object.values(fields)) };
}

export function presentSettings(t: T, form: FormState, space: Space, owner: string) {
  const fields = { name: nameField(t, form), description: descriptionField(t, form) };
  const url = spaceUrl(space);
  return {
    title: t("spaces.settings"),
    crumbs: [{ name: space.name, url }],
    ...fields,
    key: space.key,
    owner,
    url,
    isArchived: space.archived_at !== null,
    problems: fieldsInError(Object.values(fields)),
  };
}

const nameField = (t: T, form: FormState) => field("name", t("spaces.name"), form, { required: true });
const descriptionField = (t: T, form: FormState) => field("description", t("spaces.description"), form, { rows: 3 });
