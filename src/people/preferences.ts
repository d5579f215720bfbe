import { z } from "zod";
import { localPath, redirect } from "../http/reply.ts";
import { route } from "../http/route.ts";
import { LOCALES } from "../i18n/locale.ts";
import { choose } from "./commands.ts";

const YEAR_SECONDS = 31_536_000;
const THEMES = ["auto", "light", "dark"] as const;

/** Language and theme: kept with the person, and in a cookie for the pages before the login. */
export const preferenceRoutes = [
  route({
    method: "post",
    path: "/preferences",
    needs: "anyone",
    body: z.strictObject({
      locale: z.enum(LOCALES).optional(),
      theme: z.enum(THEMES).optional(),
      next: z.string().max(2000).optional(),
    }),
    action: async (ctx) => {
      const { locale, theme, next } = ctx.body;
      const choice = { ...(locale ? { locale } : {}), ...(theme ? { theme } : {}) };
      const cookies = Object.entries(choice).map(([name, value]) => ({
        name: name as "locale" | "theme",
        value,
        maxAge: YEAR_SECONDS,
      }));
      const reply = redirect(localPath(next), cookies);
      if (!ctx.write || cookies.length === 0) return reply;
      return ctx.write(async (tx) => {
        await choose(tx, choice);
        return reply;
      });
    },
  }),
];
