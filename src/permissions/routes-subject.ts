import { z } from "zod";
import { foresee } from "../access/effect.ts";
import { levelOn } from "../access/grant.ts";
import { LEVELS } from "../access/levels.ts";
import type { Reader } from "../access/reader.ts";
import type { Tx } from "../access/transaction.ts";
import type { Viewer } from "../access/viewer.ts";
import { Conflict, Invalid, NotFound } from "../errors.ts";
import { flash, page, type Reply, redirect } from "../http/reply.ts";
import { type Ctx, type Refusal, type Route, route } from "../http/route.ts";
import type { FormState } from "../views/field.ts";
import { type Choice, choiceOf, fingerprint } from "./choices.ts";
import { summarize } from "./effect.ts";
import { subjectForm } from "./forms.ts";
import { listHistory } from "./history.ts";
import { type Company, listCompany, nameAll } from "./names.ts";
import { presentEffect } from "./present-effect.ts";
import { presentHistory } from "./present-history.ts";
import { type Draft, draftedBy, presentSubject } from "./present-subject.ts";
import { getPageSubject, getSpaceSubject, groundOf, type Subject } from "./subjects.ts";

type Form = z.infer<typeof subjectForm>;
type Asked = Ctx<"member", Record<string, string>>;
type Find = (read: Reader, viewer: Viewer, id: string) => Promise<Subject>;

const HISTORY_SHOWN = 10;

/** The permissions of one space, or of one page. */
export const subjectRoutes: Route[] = [
  ...routesOf("/s/:space/permissions", "space", getSpaceSubject),
  ...routesOf("/pages/:id/permissions", "id", getPageSubject),
];

function routesOf(path: string, name: "space" | "id", find: Find): Route[] {
  const params = z.strictObject({ [name]: z.string().max(100) });
  const get = ({ read, viewer, params }: Asked) => find(read, viewer, params[name] ?? "");
  const refuse = async (ctx: Asked, refusal: Refusal) => refused(ctx, await get(ctx), refusal);
  return [
    route({ method: "get", path, needs: "member", params, action: async (ctx) => show(ctx, await get(ctx), {}) }),
    route({
      method: "post",
      path: `${path}/preview`,
      needs: "member",
      params,
      body: subjectForm,
      refused: refuse,
      action: async (ctx) => preview(ctx, await get(ctx), {}),
    }),
    route({
      method: "post",
      path,
      needs: "member",
      params,
      body: subjectForm,
      refused: refuse,
      action: async (ctx) => save(ctx, (read, viewer) => find(read, viewer, ctx.params[name] ?? "")),
    }),
  ];
}

type Shown = {
  draft?: Draft;
  form?: FormState;
  effect?: ReturnType<typeof presentEffect>;
  problem?: string;
  note?: string;
  status?: number;
};

async function show({ read, t }: Pick<Asked, "read" | "t">, subject: Subject, shown: Shown): Promise<Reply> {
  const company = await listCompany(read);
  const draft = shown.draft ?? { choices: new Map(), restricted: subject.stored.restricted };
  const form = shown.form ?? { values: {}, errors: {} };
  const history = await listHistory(read, { scopeIds: [subject.scopeId], limit: HISTORY_SHOWN });
  const model = {
    ...presentSubject(t, subject, company, { draft, form }),
    base: fingerprint([subject.stored]),
    history: presentHistory(t, history, { names: nameAll(t, company), people: company.people, scopes: new Map() }),
    effect: shown.effect ?? null,
    problem: shown.problem ?? null,
    note: shown.note ?? null,
  };
  return page("permissions/subject", model, { status: shown.status ?? 200 });
}

type Posted = Ctx<"member", Record<string, string>, unknown, Form>;

async function preview(ctx: Posted, subject: Subject, shown: Shown): Promise<Reply> {
  const { deps, read, viewer, body, t } = ctx;
  const company = await listCompany(read);
  const draft = draftIn(body, subject, company);
  const to = draftedBy(subject.stored, draft);
  const inner = subject.scopes.map((row) => row.scope_id).filter((id) => id !== subject.scopeId);
  const work = async (tx: Tx) => [await subject.set(tx, to), ...inner];
  const foreseen = await foresee(deps.db, viewer, deps, { scopes: [subject.scopeId, ...inner], work });
  const ground = groundOf(subject, foreseen.scopes[0] ?? subject.scopeId);
  const effect = summarize(foreseen.before, foreseen.after, [ground]);
  const losesOwn = effect.losses.some(({ people }) => people.includes(viewer.id));
  const note = losesOwn ? { note: t("access.youLose") } : {};
  return show(ctx, subject, { ...shown, ...note, draft, effect: presentEffect(t, effect, company.people) });
}

async function save(ctx: Posted, find: (read: Reader, viewer: Viewer) => Promise<Subject>): Promise<Reply> {
  const { write, body, t } = ctx;
  const saved = write(async (tx) => {
    const subject = await find(tx.read, tx.viewer);
    if (fingerprint([subject.stored]) !== body.base) throw new Conflict("The permissions changed meanwhile.");
    const draft = draftIn(body, subject, await listCompany(tx.read));
    const scope_id = await subject.set(tx, draftedBy(subject.stored, draft));
    return redirect(whereTo(subject, levelOn(tx.viewer, { scope_id })), [flash(t("access.changed"))]);
  });
  return saved.catch(async (error) => {
    if (!(error instanceof Conflict)) throw error;
    return preview(ctx, await find(ctx.read, ctx.viewer), { problem: t("access.stale"), status: 409 });
  });
}

/** Who has just taken a right from themselves is not led to a closed door. */
const whereTo = (subject: Subject, level: number): string => {
  if (level >= LEVELS.manage) return subject.url;
  return level >= LEVELS.view ? subject.homeUrl : "/";
};

async function refused(ctx: Asked, subject: Subject, { fields, values, errors }: Refusal): Promise<Reply> {
  const typed = subjectForm.safeParse(values);
  if (!typed.success) throw new Invalid(fields);
  const { add: _, add_login: __, ...rest } = typed.data;
  const draft = draftIn({ ...rest, add: "", add_login: "" }, subject, await listCompany(ctx.read));
  const problem = errors.add_login ? {} : { problem: Object.values(errors).join(" ") };
  return show(ctx, subject, { ...problem, draft, form: { values, errors }, status: 422 });
}

/**
 * The choices that differ from what is stored, with the one to add.
 * @throws NotFound for a principal that does not exist; Invalid for a login that nobody has
 */
function draftIn(form: Form, { stored }: Subject, company: Company): Draft {
  const chosen = new Map<string, Choice>(Object.entries(form.choices));
  if (form.add !== "") chosen.set(form.add, form.add_level);
  if (form.add_login !== "") {
    const person = company.people.find(({ login }) => login === form.add_login);
    if (!person) throw new Invalid({ add_login: "people.unknown" });
    chosen.set(`person:${person.id}`, form.add_level);
  }
  const known = new Set([
    "everyone",
    ...company.departments.flatMap(({ id }) => [`department:${id}`, `managers:${id}`]),
    ...company.people.map(({ id }) => `person:${id}`),
  ]);
  if ([...chosen.keys()].some((principal) => !known.has(principal))) throw new NotFound();
  const changed = [...chosen].filter(([principal, choice]) => choiceOf(stored.entries, principal) !== choice);
  return { choices: new Map(changed), restricted: form.restricted === "on" };
}
