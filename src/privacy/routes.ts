import { looksRoutes } from "./routes-looks.ts";

export const privacyRoutes = [...looksRoutes];
