import { readFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import express from "express";
import { readConfig } from "../config.ts";
import { openInstance, start } from "../start.ts";

/**
 * One server in a process of its own, so that its CPU can be counted apart: `zhike DIR` serves an instance,
 * `express FILE` sends the bytes of a file to everybody. It tells its address, then answers every message with its CPU time.
 */
const [kind, place = ""] = process.argv.slice(2);
const url = kind === "express" ? await serveBytes(place) : await serveInstance(place);
process.send?.({ url });
process.on("message", () => process.send?.({ cpu: process.cpuUsage() }));
process.on("disconnect", () => process.exit(0));

async function serveInstance(dataDir: string): Promise<string> {
  const unlimited = { API_PER_MINUTE: "1000000", SEARCH_PER_MINUTE: "1000000" };
  const config = { ...readConfig(unlimited, { dataDir, port: 0 }), logLevel: "silent" };
  return (await start(config, await openInstance(config))).url;
}

async function serveBytes(file: string): Promise<string> {
  const html = readFileSync(file, "utf8");
  const app = express();
  app.use(express.urlencoded({ extended: false, limit: "2mb" }), (_req, res) => void res.type("html").send(html));
  const server = app.listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
