import { expect, test, vi } from "vitest";
import { shell, startCommand } from "./host.ts";

test("the demo says who can log in and where it is; started again on its data it keeps what was done there", async () => {
  const { zhike, dataDir } = shell();
  const demo = startCommand(["demo", "--port", "0", "--data", dataDir]);
  await vi.waitFor(() => expect(demo.out()).toMatch(/^listening on http:\/\/127\.0\.0\.1:\d+$/m), { timeout: 90_000 });
  expect(demo.out()).toMatch(/^li\.mei +李梅/m);
  expect(demo.out()).toContain("demo-zhike-2026");
  const token = (await zhike("token", "create", "lin.xia")).out.trim();
  const url = /http:\S+/.exec(demo.out())?.[0];
  const answer = await fetch(`${url}/api/v1/spaces`, { headers: { authorization: `Bearer ${token}` } });
  const { items }: { items: { key: string }[] } = await answer.json();
  expect(items.map((space) => space.key).sort()).toEqual(["guide", "hr", "product", "support"]);
  demo.stop();
  expect(await demo.ended).toBe(0);

  const again = startCommand(["demo", "--port", "0", "--data", dataDir]);
  await vi.waitFor(() => expect(again.out()).toMatch(/^listening on/m), { timeout: 30_000 });
  const known = await fetch(`${/http:\S+/.exec(again.out())?.[0]}/api/v1/me`, {
    headers: { authorization: `Bearer ${token}` },
  });
  expect(await known.json()).toMatchObject({ login: "lin.xia" });
  again.stop();
  expect(await again.ended).toBe(0);
}, 150_000);
