import type { Key, Values } from "./i18n/i18n.ts";

/** What the product says no with. The error middleware turns each into a status, a page or a JSON answer. */
export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** Missing or hidden: the same answer for both. */
export class NotFound extends Problem {
  constructor() {
    super(404, "not_found", "There is nothing here that you can see.");
  }
}

/** The viewer must log in first. */
export class Unauthenticated extends Problem {
  constructor() {
    super(401, "unauthenticated", "Log in, or send a bearer token.");
  }
}

/** Visible to the viewer, but they may not do this. */
export class Forbidden extends Problem {
  constructor(message = "You can see this, but you may not do that with it.") {
    super(403, "forbidden", message);
  }
}

/** Nothing is changed by someone who views as somebody else. */
export class ReadOnly extends Problem {
  constructor() {
    super(403, "read_only", "You are viewing as somebody else, so nothing can be changed. Go back to yourself first.");
  }
}

/** The site is reached by an address that nobody told it, so it cannot tell its own forms from those of other sites. */
export class UnknownAddress extends Problem {
  constructor() {
    super(403, "unknown_address", "This site is reached by an address it does not know. Set BASE_URL to that address.");
  }
}

/** Nothing is written in a space that was put away. */
export class ArchivedSpace extends Problem {
  constructor() {
    super(
      403,
      "archived",
      "This space is archived: its pages can be read, not changed. Its managers can bring it back.",
    );
  }
}

/** Nothing is changed by an administrator who looks at everything. */
export class BrokenGlass extends Problem {
  constructor() {
    super(403, "break_glass", "Break-glass access only looks; nothing can be changed. End it first.");
  }
}

/** A rule that was broken: the key of its message, with values where the message has them, or words that are final already. */
export type Rule = Key | [Key, Values] | { words: string };
export type FieldErrors = Record<string, Rule>;

/** Input that breaks a rule. `fields`: name of the field → the rule and how to fix it. */
export class Invalid extends Problem {
  readonly fields: FieldErrors;
  constructor(fields: FieldErrors) {
    super(422, "invalid", `Not valid: ${Object.keys(fields).join(", ")}`);
    this.fields = fields;
  }
}

/** Somebody else was faster. `details` carries what is needed to lose nothing. */
export class Conflict extends Problem {
  readonly details: Record<string, unknown>;
  constructor(message: string, details: Record<string, unknown> = {}) {
    super(409, "conflict", message);
    this.details = details;
  }
}
