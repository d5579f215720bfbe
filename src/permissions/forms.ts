import { z } from "zod";
import { CHOICES } from "./choices.ts";

const id = "[\\w-]{1,40}";
const PRINCIPAL = `everyone|(?:department|managers|person):${id}`;

/** A cell of the matrix: what a principal gets in a space. Its name is `SCOPE PRINCIPAL`; in a form of one scope `PRINCIPAL` alone. */
const cell = z.string().regex(new RegExp(`^(?:${id} )?(?:${PRINCIPAL})$`));

/** The cells of a form stand between its other fields; here they are together. */
const withCells = z.record(z.string().max(120), z.string().max(200)).transform((fields) => {
  const isCell = ([name]: [string, string]) => cell.safeParse(name).success;
  const [cells, rest] = [Object.entries(fields).filter(isCell), Object.entries(fields).filter((f) => !isCell(f))];
  return { ...Object.fromEntries(rest), choices: Object.fromEntries(cells) };
});

const choices = z.record(cell, z.enum(CHOICES));
const base = z.string().max(50).default("");

export const matrixForm = withCells.pipe(
  z.strictObject({ choices, base, department: z.string().max(100).default("") }),
);

/** `add` is a principal or empty, `add_login` a person to add. */
export const subjectForm = withCells.pipe(
  z.strictObject({
    choices,
    base,
    restricted: z.literal("on").optional(),
    add: z.union([z.literal(""), cell]).default(""),
    add_login: z.string().trim().toLowerCase().max(100).default(""),
    add_level: z.enum(CHOICES).default("view"),
  }),
);
