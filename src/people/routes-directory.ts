import { z } from "zod";
import { isActive } from "../access/viewer.ts";
import { refuseGuest } from "../departments/policy.ts";
import { page } from "../http/reply.ts";
import { route } from "../http/route.ts";
import { inNameOrder } from "../i18n/order.ts";
import { listPeople, listPlacesOf } from "./directory.ts";
import { presentDirectory, presentProfile } from "./present-directory.ts";
import { listOwnedCustomers, listRecentEdits } from "./profile.ts";
import { getPerson } from "./queries.ts";

const EDITS_SHOWN = 12;

/** Who works here. Guests see themselves alone. */
export const directoryRoutes = [
  route({
    method: "get",
    path: "/people",
    needs: "member",
    query: z.strictObject({
      q: z.string().max(100).default(""),
      page: z.coerce.number().int().min(1).max(10_000).default(1),
    }),
    action: async ({ read, viewer, query, t, locale, now }) => {
      refuseGuest(viewer);
      const people = await listPeople(read, { q: query.q, state: "active", now });
      return page("people/index", presentDirectory(t, inNameOrder(people, locale), { path: "/people", ...query }));
    },
  }),
  route({
    method: "get",
    path: "/people/:login",
    needs: "member",
    params: z.strictObject({ login: z.string().max(100) }),
    action: async ({ read, viewer, params, t, locale, now }) => {
      if (params.login !== viewer.login) refuseGuest(viewer);
      const person = await getPerson(read, params.login);
      const facts = {
        person,
        active: isActive(person, now),
        isSelf: person.id === viewer.id,
        places: await listPlacesOf(read, person.id),
        edits: await listRecentEdits(read, person.id, EDITS_SHOWN),
        customers: inNameOrder(await listOwnedCustomers(read, person.id), locale),
      };
      return page("people/show", presentProfile(t, facts));
    },
  }),
];
