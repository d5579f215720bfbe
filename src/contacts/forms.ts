import { z } from "zod";
import { text, words } from "../forms/fields.ts";

/** Forgiving: whatever people call an address, but it has an @ between two parts. */
const email = text(200).refine((given) => !given || /^[^\s@]+@[^\s@]+$/.test(given), "contacts.emailRule");

/** A contact as its form sends it, new or changed. */
export const contactForm = z.strictObject({
  name: words(100),
  title: text(100),
  role: text(100),
  mobile: text(60),
  email,
  wechat: text(100),
  preferred_channel: text(40),
  note: text(20_000),
});
