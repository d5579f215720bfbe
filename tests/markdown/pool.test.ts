import { monitorEventLoopDelay } from "node:perf_hooks";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, describe, expect, test } from "vitest";
import { createPool } from "../../src/markdown/pool.ts";
import { renderMarkdown } from "../../src/markdown/render.ts";
import { renderSafely } from "../../src/markdown/render-safely.ts";

const pool = createPool<string, string>(new URL("./endless-worker.ts", import.meta.url), {
  workers: 1,
  milliseconds: 300,
  waiting: 3,
});
afterAll(pool.close);

describe("the pool", () => {
  test("stops what takes too long and goes on with the next, in a new worker", async () => {
    const answers = await Promise.allSettled([pool.run("endless"), pool.run("quick")]);
    expect(answers[0]).toMatchObject({ reason: { name: "TooComplex", limit: "time" } });
    expect(answers[1]).toEqual({ status: "fulfilled", value: "quick" });
  });

  test("lets wait what others keep from a processor, but not for ever", async () => {
    await expect(pool.run("waits 0.6 s")).resolves.toBe("waits 0.6 s");
    await expect(pool.run("waits 9 s")).rejects.toMatchObject({ name: "TooComplex", limit: "time" });
  }, 8_000);

  test("stops what takes too much memory", async () => {
    await expect(pool.run("memory")).rejects.toMatchObject({ name: "TooComplex" });
    await expect(pool.run("quick")).resolves.toBe("quick");
  });

  test("hands errors back and keeps the worker", async () => {
    await expect(pool.run("error")).rejects.toThrow("no");
    await expect(pool.run("quick")).resolves.toBe("quick");
  });

  test("refuses work beyond its queue instead of piling it up", async () => {
    const answers = await Promise.allSettled(Array.from({ length: 6 }, () => pool.run("quick")));
    expect(answers.map(({ status }) => status).filter((status) => status === "rejected")).toHaveLength(2);
  });
});

describe("rendering safely", () => {
  const marks = "a**b".repeat(60_000);

  test("a text made to be slow is refused within seconds, and the event loop stays free", async () => {
    const delay = monitorEventLoopDelay({ resolution: 10 });
    delay.enable();
    const refused = renderSafely(marks).catch((error: unknown) => error);
    const ticks = [];
    for (let tick = 0; tick < 20; tick++) ticks.push(await sleep(20, performance.now()));
    expect(await refused).toMatchObject({ name: "TooComplex", limit: "time" });
    expect(delay.percentile(50) / 1e6).toBeLessThan(200);
  });

  test("a large text comes out of the worker as it does out of the renderer", async () => {
    const text = "## 标题\n\n[[页面]] **b**\n\n".repeat(300);
    expect(await renderSafely(text)).toEqual(renderMarkdown(text));
  });

  test("a small text needs no worker", async () => {
    expect(await renderSafely("a [[b]]")).toEqual(renderMarkdown("a [[b]]"));
  });
});
