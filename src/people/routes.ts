import { firstPasswordRoutes } from "./first-password.ts";
import { loginRoutes } from "./login.ts";
import { preferenceRoutes } from "./preferences.ts";
import { directoryRoutes } from "./routes-directory.ts";
import { invitationRoutes } from "./routes-invitation.ts";
import { settingsRoutes } from "./routes-settings.ts";
import { setupRoutes } from "./setup.ts";

export const peopleRoutes = [
  ...setupRoutes,
  ...loginRoutes,
  ...firstPasswordRoutes,
  ...invitationRoutes,
  ...preferenceRoutes,
  ...settingsRoutes,
  ...directoryRoutes,
];
