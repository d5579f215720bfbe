import { firstPasswordRoutes } from "./first-password.ts";
import { loginRoutes } from "./login.ts";
import { preferenceRoutes } from "./preferences.ts";
import { directoryRoutes } from "./routes-directory.ts";
import { invitationRoutes } from "./routes-invitation.ts";
import { settingsRoutes } from "./routes-settings.ts";
import { secondFactorRoutes } from "./second-factor/routes.ts";
import { setupRoutes } from "./setup.ts";
import { singleSignOnRoutes } from "./single-sign-on/routes.ts";

export const peopleRoutes = [
  ...setupRoutes,
  ...loginRoutes,
  ...firstPasswordRoutes,
  ...invitationRoutes,
  ...preferenceRoutes,
  ...settingsRoutes,
  ...secondFactorRoutes,
  ...singleSignOnRoutes,
  ...directoryRoutes,
];
