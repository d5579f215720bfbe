import { createServer, type RequestListener } from "node:http";
import { AxeBuilder } from "@axe-core/playwright";
import type { Browser, BrowserContext, Page } from "playwright-core";
import type { Locale } from "../../src/i18n/locale.ts";
import type { Theme } from "../../src/views/frame.ts";

export type Site = { url: string; close: () => Promise<void> };

/** Serves an application on a free port of this machine. */
export const serve = async (app: RequestListener): Promise<Site> => {
  const server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { url: `http://127.0.0.1:${address.port}`, close };
};

/** How someone looks at the site. Language and theme count as far as the person has not chosen their own. */
export type Look = { width: number; theme?: Theme; locale?: Locale; script?: boolean };

/** A browser of its own for one visitor; `session` is the secret of a session that has been started. */
export const enter = async (browser: Browser, site: Site, look: Look, session?: string): Promise<BrowserContext> => {
  const context = await browser.newContext({
    baseURL: site.url,
    viewport: { width: look.width, height: look.width < 500 ? 844 : 900 },
    javaScriptEnabled: look.script ?? true,
    locale: look.locale ?? "zh-CN",
  });
  context.setDefaultTimeout(15_000);
  const cookies = { "zhike-theme": look.theme, "zhike-locale": look.locale, "zhike-session": session };
  await context.addCookies(
    Object.entries(cookies).flatMap(([name, value]) => (value ? [{ name, value, url: site.url }] : [])),
  );
  return context;
};

/** What the console says against a page: errors, and what the Content-Security-Policy blocked. Fills while the page lives. */
export const complaintsOf = (page: Page): string[] => {
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(`error: ${error.message}`));
  page.on("console", (message) => {
    if (message.type() === "error" && !/status of [45]\d\d/.test(message.text()))
      complaints.push(`console: ${message.text()}`);
  });
  return complaints;
};

const WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

/** The rules whose outcome can differ between themes and widths. */
export const RULES_OF_LOOK = ["color-contrast", "target-size", "scrollable-region-focusable", "link-in-text-block"];

/** WCAG 2.2 AA as axe checks it, or only some rules of it: one line for each kind of violation. */
export const accessProblems = async (page: Page, rules?: string[]): Promise<string[]> => {
  const { violations } = await new AxeBuilder({ page })
    .options({
      runOnly: rules ? { type: "rule", values: rules } : { type: "tag", values: WCAG },
      resultTypes: ["violations"],
    })
    .setLegacyMode(true)
    .analyze();
  return violations.map(
    ({ id, nodes }) =>
      `${id}: ${nodes
        .map(({ html }) => html.slice(0, 120))
        .slice(0, 3)
        .join(" | ")}`,
  );
};

/** How many pixels the page is wider than the screen. */
export const overflowOf = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
