import type { Contact } from "../db/schema.ts";
import { Invalid } from "../errors.ts";

/** By what a contact can be reached: shown masked until somebody asks for it, which is then kept (privacy/looks.ts). */
export const MASKED = ["mobile", "email", "wechat"] as const;
export type MaskedField = (typeof MASKED)[number];
type Reach = Pick<Contact, MaskedField>;

/** A contact as it is shown by default: 138****0148, z***@huaxin.example. */
export const masked = <Row extends Reach>(contact: Row): Row => ({
  ...contact,
  mobile: contact.mobile && maskPhone(contact.mobile),
  email: contact.email && maskEmail(contact.email),
  wechat: contact.wechat && maskName(contact.wechat),
});

/** The fields of a contact that hold something to mask. */
export const filledFields = (contact: Reach): MaskedField[] => MASKED.filter((name) => contact[name]);

/**
 * Takes masked values that came back out of changes: they stay as they are. So a form, or an answer of the API, can be
 * sent back by those who did not ask to see everything.
 * @throws Invalid when a mask was written over in part: nobody can know what is meant
 */
export function withoutMasks<Changes extends Partial<Reach>>(changes: Changes, before?: Reach): Changes {
  const shown = before && masked(before);
  const kept = { ...changes };
  for (const name of MASKED) {
    if (!kept[name]?.includes(MASK)) continue;
    if (kept[name] !== shown?.[name]) throw new Invalid({ [name]: "contacts.maskRule" });
    delete kept[name];
  }
  return kept;
}

const MASK = "***";

/** The first three and the last four digits of a mobile number, the last four of a shorter one. */
function maskPhone(phone: string): string {
  const digits = phone.replace(/\D/g, "").replace(/^86(?=1\d{10}$)/, "");
  if (digits.length < 7) return `*${MASK}`;
  return `${digits.length < 11 ? "" : digits.slice(0, 3)}*${MASK}${digits.slice(-4)}`;
}

function maskEmail(email: string): string {
  const [name = "", domain = ""] = email.split(/@(?=[^@]*$)/);
  return `${maskName(name)}@${domain}`;
}

const maskName = (name: string): string => `${[...name].length > 1 ? ([...name][0] ?? "") : ""}${MASK}`;
