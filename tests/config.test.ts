import { describe, expect, test } from "vitest";
import { readConfig } from "../src/config.ts";

const SIGN_ON = {
  BASE_URL: "https://wiki.example.com/",
  OIDC_ISSUER: "https://login.example.com/realms/company",
  OIDC_CLIENT_ID: "zhike",
  OIDC_CLIENT_SECRET: "s3cret",
};

describe("single sign-on", () => {
  test("is off unless it is set up", () => {
    expect(readConfig({}).signOn).toBeUndefined();
  });

  test("comes back to the address of the site", () => {
    expect(readConfig(SIGN_ON).signOn).toMatchObject({
      issuer: SIGN_ON.OIDC_ISSUER,
      callback: "https://wiki.example.com/login/oidc/callback",
      scopes: "openid profile email",
      name: "SSO",
      create: "none",
    });
  });

  test.each(["BASE_URL", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET"])("does not start without %s, and names it", (name) => {
    expect(() => readConfig({ ...SIGN_ON, [name]: "" })).toThrow(name);
  });

  test.each([
    ["OIDC_ISSUER", "http://login.example.com"],
    ["OIDC_ISSUER", "http://127.0.0.1.example.com"],
    ["OIDC_ISSUER", "ftp://login.example.com"],
    ["OIDC_ISSUER", "login.example.com"],
    ["OIDC_SCOPES", "profile email"],
    ["OIDC_CREATE", "yes"],
  ])("does not start with %s=%s, and names it, but no secret", (name, value) => {
    const start = () => readConfig({ ...SIGN_ON, [name]: value });
    expect(start).toThrow(name);
    expect(start).not.toThrow(/s3cret/);
  });

  test.each(["http://127.0.0.1:4000", "http://localhost:4000"])("may be tried without TLS at %s", (issuer) => {
    expect(readConfig({ ...SIGN_ON, OIDC_ISSUER: issuer }).signOn?.issuer).toBe(issuer);
  });

  test("half set up is named", () => {
    expect(() => readConfig({ OIDC_CLIENT_ID: "zhike" })).toThrow("OIDC_ISSUER");
  });
});

test("a second factor is required only of whom the settings name", () => {
  expect(readConfig({}).secondFactor).toBe("optional");
  expect(readConfig({ SECOND_FACTOR: "managers" }).secondFactor).toBe("managers");
  expect(() => readConfig({ SECOND_FACTOR: "some" })).toThrow("SECOND_FACTOR");
});
