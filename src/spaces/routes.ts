import { z } from "zod";
import type { Entry } from "../access/entries.ts";
import { LEVELS } from "../access/levels.ts";
import type { Reader } from "../access/reader.ts";
import type { Viewer } from "../access/viewer.ts";
import type { Department, Space } from "../db/schema.ts";
import { inTreeOrder, listDepartments } from "../departments/queries.ts";
import { Forbidden, Invalid } from "../errors.ts";
import { flash, page, type Reply, redirect } from "../http/reply.ts";
import { type Ctx, route } from "../http/route.ts";
import type { FormState } from "../views/field.ts";
import { archiveSpace, changeSpace, createSpace, reopenSpace } from "./commands.ts";
import { type Access, changedSpace, newSpaceForm } from "./forms.ts";
import { departmentToManage, spaceToManage } from "./policy.ts";
import { presentCard, presentNewSpace, presentSettings } from "./present.ts";
import { getSpace, listActivity, listArchivedSpaces, listSpaces } from "./queries.ts";
import { spaceUrl } from "./urls.ts";

const one = z.strictObject({ space: z.string().max(100) });
type One = z.infer<typeof one>;

export const spaceRoutes = [
  route({ method: "get", path: "/spaces", needs: "member", action: (ctx) => spaces(ctx) }),
  route({ method: "get", path: "/spaces/new", needs: "member", action: (ctx) => newForm(ctx) }),
  route({
    method: "post",
    path: "/spaces",
    needs: "member",
    body: newSpaceForm,
    refused: (ctx, refusal) => newForm(ctx, refusal),
    action: (ctx) => create(ctx),
  }),
  route({ method: "get", path: "/s/:space/settings", needs: "member", params: one, action: (ctx) => settings(ctx) }),
  route({
    method: "post",
    path: "/s/:space/settings",
    needs: "member",
    params: one,
    body: changedSpace,
    refused: (ctx, refusal) => settings(ctx, refusal),
    action: ({ write, params, body, t }) =>
      write(async (tx) => {
        const space = spaceToManage(tx.viewer, await getSpace(tx.read, params.space));
        await changeSpace(tx, space, body);
        return redirect(spaceUrl(space), [flash(t("shared.saved"))]);
      }),
  }),
  route({
    method: "post",
    path: "/s/:space/archive",
    needs: "member",
    params: one,
    action: ({ write, params, t }) =>
      write(async (tx) => {
        await archiveSpace(tx, spaceToManage(tx.viewer, await getSpace(tx.read, params.space)));
        return redirect("/spaces", [flash(t("spaces.archivedNow"))]);
      }),
  }),
  route({
    method: "post",
    path: "/s/:space/reopen",
    needs: "member",
    params: one,
    action: ({ write, params, t }) =>
      write(async (tx) => {
        const space = spaceToManage(tx.viewer, await getSpace(tx.read, params.space));
        await reopenSpace(tx, space);
        return redirect(spaceUrl(space), [flash(t("spaces.reopened"))]);
      }),
  }),
];

async function spaces({ read, viewer, t }: Pick<Ctx, "read" | "viewer" | "t">): Promise<Reply> {
  const departments = new Map((await listDepartments(read)).map((d) => [d.id, d]));
  const around = { viewer, departments, activity: await listActivity(read) };
  return page("spaces/index", {
    title: t("spaces.title"),
    cards: (await listSpaces(read)).map((space) => presentCard(space, around)),
    archived: (await listArchivedSpaces(read)).map((space) => presentCard(space, around)),
    canCreate: viewer.manages.size > 0,
  });
}

async function newForm({ read, viewer, t }: Pick<Ctx, "read" | "viewer" | "t">, refusal?: FormState): Promise<Reply> {
  const owners = await listOwners(read, viewer);
  const form = refusal ?? { values: { access: "members", department: owners[0]?.key ?? "" }, errors: {} };
  return page("spaces/new", presentNewSpace(t, form, owners), { status: refusal ? 422 : 200 });
}

async function create({
  read,
  viewer,
  write,
  body,
  t,
}: Ctx<"member", unknown, unknown, z.infer<typeof newSpaceForm>>): Promise<Reply> {
  const owner = (await listOwners(read, viewer)).find((department) => department.key === body.department);
  if (!owner) throw new Invalid({ department: "spaces.departmentMissing" });
  const { access, department: _, ...named } = body;
  return write(async (tx) => {
    const entries = entriesFor(access, owner);
    const space = await createSpace(tx, departmentToManage(tx.viewer, owner), { ...named, entries });
    return redirect(spaceUrl(space), [flash(t("spaces.created"))]);
  });
}

/**
 * The departments in whose name the viewer may open spaces.
 * @throws Forbidden for who manages none
 */
async function listOwners(read: Reader, viewer: Viewer): Promise<Department[]> {
  if (viewer.manages.size === 0) throw new Forbidden();
  return inTreeOrder(await listDepartments(read)).filter((department) => viewer.manages.has(department.id));
}

function entriesFor(access: Access, owner: Department): Entry[] {
  const giving = (principal: string, level: number): Entry => ({ principal, kind: "grant", level });
  const department = giving(`department:${owner.id}`, LEVELS.edit);
  const entries: Record<Access, Entry[]> = {
    members: [department],
    readable: [department, giving("everyone", LEVELS.view)],
    open: [giving("everyone", LEVELS.edit)],
    closed: [],
  };
  return entries[access];
}

async function settings({ read, viewer, params, t }: Ctx<"member", One>, refusal?: FormState): Promise<Reply> {
  const space: Space = spaceToManage(viewer, await getSpace(read, params.space));
  const owner = (await listDepartments(read)).find((department) => department.id === space.department_id);
  const form = refusal ?? { values: space, errors: {} };
  return page("spaces/settings", presentSettings(t, form, space, owner?.name ?? ""), { status: refusal ? 422 : 200 });
}
