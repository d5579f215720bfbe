/** One labelled control of a form, as the `shared/field*` views show it. */
export type Field = {
  name: string;
  /** Unique on the screen; the label, the hint and the error refer to it. */
  id: string;
  label: string;
  value: string;
  type: string;
  required: boolean;
  hint: string | null;
  error: string | null;
  /** Ids of hint and error, for aria-describedby. */
  describedBy: string | null;
  placeholder: string | null;
  autocomplete: string | null;
  rows: number;
  options: Option[];
};

/** One choice of a select, radio group or datalist. */
export type Option = { value: string; label: string; selected: boolean };

/** What was typed and what is wrong with it, by name of the control. A form shown for the first time has no errors. */
export type FormState = { values: Readonly<Record<string, unknown>>; errors: Readonly<Record<string, string>> };

export type FieldSettings = {
  id?: string;
  type?: string;
  required?: boolean;
  hint?: string;
  placeholder?: string;
  autocomplete?: string;
  rows?: number;
  /** Choices of a select: what is submitted and what is read. */
  options?: readonly { value: string; label: string }[];
};

/** The control called `name`, holding what was typed and saying what is wrong with it. */
export const field = (name: string, label: string, form: FormState, settings: FieldSettings = {}): Field => {
  const id = settings.id ?? `field-${name}`;
  const typed = form.values[name];
  const value = typeof typed === "string" ? typed : "";
  const hint = settings.hint ?? null;
  const error = form.errors[name] ?? null;
  const described = [hint === null ? "" : `${id}-hint`, error === null ? "" : `${id}-error`].filter(Boolean).join(" ");
  return {
    name,
    id,
    label,
    value,
    type: settings.type ?? "text",
    required: settings.required ?? false,
    hint,
    error,
    describedBy: described === "" ? null : described,
    placeholder: settings.placeholder ?? null,
    autocomplete: settings.autocomplete ?? null,
    rows: settings.rows ?? 6,
    options: (settings.options ?? []).map((option) => ({ ...option, selected: option.value === value })),
  };
};

/** The fields that have an error, for the summary above a form (`shared/form-errors`). */
export const fieldsInError = (fields: readonly Field[]): Field[] => fields.filter((one) => one.error !== null);
