import { z } from "zod";
import { foresee } from "../access/effect.ts";
import { levelOn } from "../access/grant.ts";
import { LEVELS } from "../access/levels.ts";
import type { Tx } from "../access/transaction.ts";
import { Conflict, Invalid, NotFound } from "../errors.ts";
import { flash, page, type Reply, redirect } from "../http/reply.ts";
import { type Ctx, type Refusal, type Route, route } from "../http/route.ts";
import type { FormState } from "../views/field.ts";
import { type Choice, choiceOf, fingerprint } from "./choices.ts";
import { summarize } from "./effect.ts";
import { subjectForm } from "./forms.ts";
import { listHistory } from "./history.ts";
import { type Around, KINDS, type Kind } from "./kinds.ts";
import { type Company, knownPrincipals, listCompany, nameAll } from "./names.ts";
import { listMoved } from "./places.ts";
import { presentEffect } from "./present-effect.ts";
import { presentHistory } from "./present-history.ts";
import { type Draft, draftedBy, presentSubject } from "./present-subject.ts";
import { groundOf, type Subject } from "./subjects.ts";
import { findUndo, isAbout } from "./undo.ts";

type Form = z.infer<typeof subjectForm>;
type Asked = Ctx<"member", Record<string, string>>;

const HISTORY_SHOWN = 10;
/** `undo`: id of the change whose way back is shown, and not yet taken. */
const query = z.strictObject({ undo: z.string().max(100).optional() });

/** The permissions of one space, page, group of customers or customer. */
export const subjectRoutes: Route[] = KINDS.flatMap(routesOf);

function routesOf({ path, param, find }: Kind): Route[] {
  const params = z.strictObject({ [param]: z.string().max(200) });
  const get = (ctx: Asked) => find(ctx, ctx.params[param] ?? "");
  const refuse = async (ctx: Asked, refusal: Refusal) => refused(ctx, await get(ctx), refusal);
  return [
    route({
      method: "get",
      path,
      needs: "member",
      params,
      query,
      action: async (ctx) => {
        const subject = await get(ctx);
        return ctx.query.undo === undefined ? show(ctx, subject, {}) : showUndo(ctx, subject, ctx.query.undo);
      },
    }),
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
      action: async (ctx) => save(ctx, (around) => find(around, ctx.params[param] ?? "")),
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
  const changes = (await listHistory(read, { scopeIds: [subject.scopeId], limit: HISTORY_SHOWN })).filter((change) =>
    isAbout(change, subject),
  );
  const around = {
    names: nameAll(t, company),
    people: company.people,
    placeOf: () => subject,
    movedOf: await listMoved(read, t, changes),
    isAlone: true as const,
  };
  const model = {
    ...presentSubject(t, subject, company, { draft, form }),
    base: fingerprint([subject.stored]),
    history: presentHistory(t, changes, around),
    effect: shown.effect ?? null,
    problem: shown.problem ?? null,
    note: shown.note ?? null,
  };
  return page("permissions/subject", model, { status: shown.status ?? 200 });
}

type Posted = Ctx<"member", Record<string, string>, unknown, Form>;

const preview = async (ctx: Posted, subject: Subject, shown: Shown): Promise<Reply> =>
  previewDraft(ctx, subject, { ...shown, draft: draftIn(ctx.body, subject, await listCompany(ctx.read)) });

/** A change that is undone goes the same way as any other: seen first, then saved. */
async function showUndo(ctx: Asked, subject: Subject, changeId: string): Promise<Reply> {
  const known = knownPrincipals(await listCompany(ctx.read));
  const { draft, isNewest } = await findUndo(ctx.read, subject, changeId, known);
  return previewDraft(ctx, subject, { draft, note: ctx.t(isNewest ? "access.undoNote" : "access.undoOlder") });
}

/** Shows who would gain and lose: all is done, looked at, and taken back. */
async function previewDraft(
  ctx: Pick<Asked, "deps" | "read" | "viewer" | "t">,
  subject: Subject,
  { draft, ...shown }: Shown & { draft: Draft },
): Promise<Reply> {
  const { deps, read, viewer, t } = ctx;
  const { people } = await listCompany(read);
  const to = draftedBy(subject.stored, draft);
  const inner = subject.scopes.map((row) => row.scope_id).filter((id) => id !== subject.scopeId);
  const work = async (tx: Tx) => [await subject.set(tx, to), ...inner];
  const foreseen = await foresee(deps.db, viewer, deps, { scopes: [subject.scopeId, ...inner], work });
  const ground = groundOf(subject, foreseen.scopes[0] ?? subject.scopeId);
  const effect = summarize(foreseen.before, foreseen.after, [ground]);
  const losesOwn = effect.losses.some((loss) => loss.people.includes(viewer.id));
  const notes = [...(shown.note ? [shown.note] : []), ...(losesOwn ? [t("access.youLose")] : [])];
  const note = notes.length > 0 ? { note: notes.join(" ") } : {};
  return show(ctx, subject, { ...shown, ...note, draft, effect: presentEffect(t, effect, people) });
}

async function save(ctx: Posted, find: (around: Around) => Promise<Subject>): Promise<Reply> {
  const { write, body, t } = ctx;
  const saved = write(async (tx) => {
    const subject = await find({ read: tx.read, viewer: tx.viewer, t });
    if (fingerprint([subject.stored]) !== body.base) throw new Conflict("The permissions changed meanwhile.");
    const draft = draftIn(body, subject, await listCompany(tx.read));
    const scope_id = await subject.set(tx, draftedBy(subject.stored, draft));
    return redirect(whereTo(subject, levelOn(tx.viewer, { scope_id })), [flash(t("access.changed"))]);
  });
  return saved.catch(async (error) => {
    if (!(error instanceof Conflict)) throw error;
    return preview(ctx, await find(ctx), { problem: t("access.stale"), status: 409 });
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
  const known = knownPrincipals(company);
  if ([...chosen.keys()].some((principal) => !known.has(principal))) throw new NotFound();
  const changed = [...chosen].filter(([principal, choice]) => choiceOf(stored.entries, principal) !== choice);
  return { choices: new Map(changed), restricted: form.restricted === "on" };
}
