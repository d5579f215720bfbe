import type supertest from "supertest";
import { errorAnswer, refusalsOf } from "../../src/api/refusals.ts";
import { routes } from "../../src/app.ts";

const ofApi = routes.map((route) => ({
  ...route,
  pattern: new RegExp(`^${route.path.replace(/[.]/g, "\\.").replace(/:\w+/g, "[^/]+")}$`),
}));

/** Throws unless an answer is one that the description promises: its status, and every field of its body. */
export function holdsContract(method: string, path: string, answer: supertest.Response): void {
  const [bare = ""] = path.split("?");
  const route = ofApi.find((one) => one.method === method && one.pattern.test(bare));
  if (!route) return;
  const said = `${method} ${path} → ${answer.status} ${answer.text}`;
  if (answer.status < 400) {
    if (answer.status !== route.answers?.status) throw new Error(`undescribed status: ${said}`);
    const parsed = route.answers.schema?.safeParse(answer.body);
    if (parsed && !parsed.success) throw new Error(`undescribed body: ${said}\n${parsed.error.message}`);
    if (!route.answers.schema && answer.text !== "") throw new Error(`a body out of nowhere: ${said}`);
  } else {
    if (!refusalsOf(route).includes(answer.status)) throw new Error(`undescribed refusal: ${said}`);
    errorAnswer.parse(answer.body);
  }
}
