import { z } from "zod";
import { contactToEdit } from "../../contacts/policy.ts";
import { crumbsTo } from "../../customers/crumbs.ts";
import { contactUrl } from "../../customers/urls.ts";
import { name } from "../../forms/fields.ts";
import { bytes, page, type Reply, redirect } from "../../http/reply.ts";
import { route } from "../../http/route.ts";
import { recordLook } from "../looks.ts";
import { csvOf } from "./csv.ts";
import { type Everything, everythingAbout } from "./everything.ts";

const params = z.strictObject({ id: name });
const FORMATS = ["json", "csv"] as const;

export const exportRoutes = [
  route({
    method: "get",
    path: "/contacts/:id/export",
    needs: "member",
    params,
    action: async ({ read, viewer, params: { id }, t }) => {
      const { contact, customer } = await contactToEdit(read, viewer, id);
      const url = contactUrl(contact);
      return page("privacy/export", {
        title: t("privacy.exportTitle", { name: contact.name }),
        crumbs: [...crumbsTo(t, customer), { name: contact.name, url }],
        formats: FORMATS.map((format) => ({ format, label: t(`privacy.format.${format}`) })),
        cancelUrl: url,
      });
    },
  }),
  route({
    method: "post",
    path: "/contacts/:id/export",
    needs: "member",
    params,
    body: z.strictObject({ format: z.enum(FORMATS).default("json") }),
    action: async ({ write, params: { id }, body: { format } }) => {
      const file: { text?: string } = {};
      const kept = await write(async (tx) => {
        const { contact, customer } = await contactToEdit(tx.read, tx.viewer, id);
        const all = await everythingAbout(tx.read, { contact, customer });
        await recordLook(tx, contact, { how: "exported", fields: Object.keys(all) });
        file.text = FILES[format].write(all);
        return redirect(contactUrl(contact));
      });
      return file.text === undefined ? kept : fileOf(id, format, file.text);
    },
  }),
];

const FILES = {
  json: { type: "application/json", write: (all: Everything) => JSON.stringify(all, null, 2) },
  csv: { type: "text/csv", write: csvOf },
} as const;

/** Never an answer that is kept with an Idempotency-Key: personal data stays out of there. */
const fileOf = (id: string, format: (typeof FORMATS)[number], text: string): Reply =>
  bytes(Buffer.from(text), {
    "Content-Type": `${FILES[format].type}; charset=utf-8`,
    "Content-Disposition": `attachment; filename="contact-${id}.${format}"`,
  });
