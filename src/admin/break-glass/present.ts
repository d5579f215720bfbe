import { personUrl } from "../../people/urls.ts";
import type { Use } from "./queries.ts";

export const presentUse = ({ id, reason, started_at, until, ended_at, login, name }: Use, now: string) => ({
  id,
  reason,
  at: started_at,
  end: ended_at ?? until,
  isOpen: ended_at === null && until > now,
  name,
  url: personUrl({ login }),
});
