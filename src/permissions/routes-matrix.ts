import { z } from "zod";
import { foresee } from "../access/effect.ts";
import type { Permissions } from "../access/entries.ts";
import type { Reader } from "../access/reader.ts";
import type { Tx } from "../access/transaction.ts";
import { Conflict, Invalid, NotFound } from "../errors.ts";
import { flash, page, type Reply, redirect } from "../http/reply.ts";
import { type Ctx, type Refusal, route } from "../http/route.ts";
import { spaceToManage } from "../spaces/policy.ts";
import { getSpace } from "../spaces/queries.ts";
import { type Choice, type Choices, choiceOf, fingerprint, withChoices } from "./choices.ts";
import { setSpaceEntries } from "./commands.ts";
import { type Ground, summarize } from "./effect.ts";
import { matrixForm } from "./forms.ts";
import { listCompany } from "./names.ts";
import { presentEffect } from "./present-effect.ts";
import { type Chosen, type Matrix, presentMatrix } from "./present-matrix.ts";
import { matrixUrl, presentRail } from "./present-rail.ts";
import { listManagedSpaces, listPermissions, listScopesOfSpaces } from "./queries.ts";

const query = z.strictObject({ department: z.string().max(100).default("") });
type Form = z.infer<typeof matrixForm>;

/** A form holds so many cells, and a screen so many columns. */
const MOST_CELLS = 1500;
const MOST_COLUMNS = 12;

/** Departments × spaces: one cell, one choice; nothing is saved before its effect was seen. */
export const matrixRoutes = [
  route({
    method: "get",
    path: "/permissions",
    needs: "member",
    query,
    action: async (ctx) => {
      const { t, viewer, read } = ctx;
      const hasNone = viewer.manages.size > 0 && (await listManagedSpaces(read)).length === 0;
      return hasNone
        ? page("permissions/none", { title: t("access.matrix"), ...presentRail(t, "matrix") })
        : matrixPage(ctx, await getMatrix(read, ctx.query.department), {});
    },
  }),
  route({
    method: "post",
    path: "/permissions/preview",
    needs: "member",
    body: matrixForm,
    refused: (ctx, refusal) => refused(ctx, refusal),
    action: (ctx) => preview(ctx, {}),
  }),
  route({
    method: "post",
    path: "/permissions",
    needs: "member",
    body: matrixForm,
    refused: (ctx, refusal) => refused(ctx, refusal),
    action: (ctx) => save(ctx),
  }),
];

type Shown = { chosen?: Chosen; effect?: ReturnType<typeof presentEffect>; problem?: string; status?: number };

function matrixPage({ t }: Pick<Ctx, "t">, matrix: Matrix, shown: Shown): Reply {
  const model = {
    ...presentMatrix(t, matrix, shown.chosen ?? new Map()),
    base: fingerprint([...matrix.stored.values()]),
    effect: shown.effect ?? null,
    problem: shown.problem ?? null,
  };
  return page("permissions/matrix", model, { status: shown.status ?? 200 });
}

/** @throws NotFound for who manages no space, or not one of this department */
async function getMatrix(read: Reader, departmentKey: string): Promise<Matrix> {
  const [managed, company] = [await listManagedSpaces(read), await listCompany(read)];
  const owners = company.departments.filter((d) => managed.some((space) => space.department_id === d.id));
  const owner = departmentKey === "" ? owners[0] : owners.find((d) => d.key === departmentKey);
  if (!owner) throw new NotFound();
  const spaces = managed.filter((space) => space.department_id === owner.id);
  const room = Math.max(1, Math.min(MOST_COLUMNS, Math.floor(MOST_CELLS / (company.departments.length + 1))));
  const shown = spaces.slice(0, room);
  const stored = await listPermissions(
    read,
    shown.map((space) => space.scope_id),
  );
  return { company, owners, owner, spaces: shown, others: spaces.slice(room), stored };
}

/** Shows who would gain and lose: all is done, looked at, and taken back. */
async function preview(ctx: Ctx<"member", unknown, unknown, Form>, shown: Shown): Promise<Reply> {
  const { deps, read, viewer, body, t } = ctx;
  const matrix = await getMatrix(read, body.department);
  const chosen = chosenIn(matrix, body);
  const scopes = await listScopesOfSpaces(
    read,
    matrix.spaces.map((space) => space.id),
  );
  const grounds = groundsOf(matrix, chosen, scopes);
  const looked = grounds.flatMap(({ places }) => places.map(({ id }) => id));
  const work = async (tx: Tx) => {
    await setChosen(tx, matrix, chosen);
    return looked;
  };
  const { before, after } = await foresee(deps.db, viewer, deps, { scopes: looked, work });
  const effect = summarize(before, after, grounds);
  return matrixPage(ctx, matrix, { ...shown, chosen, effect: presentEffect(t, effect, matrix.company.people) });
}

async function save(ctx: Ctx<"member", unknown, unknown, Form>): Promise<Reply> {
  const { write, body, t } = ctx;
  const saved = write(async (tx) => {
    const matrix = await getMatrix(tx.read, body.department);
    if (fingerprint([...matrix.stored.values()]) !== body.base)
      throw new Conflict("The permissions changed meanwhile.");
    await setChosen(tx, matrix, chosenIn(matrix, body));
    return redirect(matrixUrl(matrix.owner), [flash(t("access.changed"))]);
  });
  return saved.catch((error) => {
    if (!(error instanceof Conflict)) throw error;
    return preview(ctx, { problem: t("access.stale"), status: 409 });
  });
}

async function refused(ctx: Ctx<"member">, { fields, values, errors }: Refusal): Promise<Reply> {
  const typed = matrixForm.safeParse(values);
  if (!typed.success) throw new Invalid(fields);
  const matrix = await getMatrix(ctx.read, typed.data.department);
  return matrixPage(ctx, matrix, {
    chosen: chosenIn(matrix, typed.data),
    problem: Object.values(errors).join(" "),
    status: 422,
  });
}

/** The choices that differ from what is stored. @throws NotFound for a cell that the matrix does not have */
function chosenIn(matrix: Matrix, { choices }: Form): Chosen {
  const principals = new Set(["everyone", ...matrix.company.departments.map((d) => `department:${d.id}`)]);
  const chosen = new Map<string, Map<string, Choice>>();
  for (const [cell, choice] of Object.entries(choices)) {
    const [scope = "", principal = ""] = cell.split(" ");
    const stored = matrix.stored.get(scope);
    if (!stored || !principals.has(principal)) throw new NotFound();
    if (choiceOf(stored.entries, principal) === choice) continue;
    chosen.set(scope, (chosen.get(scope) ?? new Map<string, Choice>()).set(principal, choice));
  }
  return chosen;
}

async function setChosen(tx: Tx, matrix: Matrix, chosen: Chosen): Promise<void> {
  for (const { id, scope_id } of matrix.spaces) {
    const [stored, choices] = [matrix.stored.get(scope_id), chosen.get(scope_id)];
    if (!stored || !choices) continue;
    await setSpaceEntries(tx, spaceToManage(tx.viewer, await getSpace(tx.read, id)), changedBy(stored, choices));
  }
}

const changedBy = (stored: Permissions, choices: Choices): Permissions => ({
  ...stored,
  entries: withChoices(stored.entries, choices),
});

function groundsOf(
  matrix: Matrix,
  chosen: Chosen,
  scopes: Map<string, { scope_id: string; count: number }[]>,
): Ground[] {
  return matrix.spaces
    .filter((space) => chosen.has(space.scope_id))
    .map(({ id, name, scope_id }) => {
      const counts = new Map((scopes.get(id) ?? []).map((row) => [row.scope_id, row.count]));
      const ids = [scope_id, ...[...counts.keys()].filter((one) => one !== scope_id)];
      const places = ids.map((one) => ({ id: one, before: one, after: one, count: counts.get(one) ?? 0 }));
      return { name, unit: "pages", places };
    });
}
