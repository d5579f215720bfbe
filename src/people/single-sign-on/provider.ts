import {
  AuthorizationResponseError,
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  ClientSecretBasic,
  ClientSecretPost,
  type Configuration,
  calculatePKCECodeChallenge,
  clockTolerance,
  discovery,
  enableNonRepudiationChecks,
  fetchUserInfo,
} from "openid-client";
import type { SignOn } from "../../config.ts";
import type { Deps } from "../../http/deps.ts";
import type { Attempt } from "./attempt.ts";
import { type Claims, readClaims } from "./claims.ts";

/** Why the provider's word was not taken. */
export type Unproven = "denied" | "down" | "unproven";

const TIMEOUT_SECONDS = 5;
const CLOCKS_APART_SECONDS = 60;

/** The address at the provider where somebody says who they are. */
export async function addressOf(deps: Asking, signOn: SignOn, attempt: Attempt): Promise<URL | Unproven> {
  try {
    return buildAuthorizationUrl(await discovered(signOn), {
      redirect_uri: signOn.callback,
      scope: signOn.scopes,
      state: attempt.state,
      nonce: attempt.nonce,
      code_challenge: await calculatePKCECodeChallenge(attempt.verifier),
      code_challenge_method: "S256",
    });
  } catch (error) {
    return explain(deps, error);
  }
}

/**
 * Gives the provider the code that somebody brought from it, and checks what it says in return: signature, issuer, audience,
 * nonce and time of the ID token, by openid-client.
 * @param answer the query of the address they came back to
 */
export async function askWho(
  deps: Asking,
  signOn: SignOn,
  { attempt, answer }: { attempt: Attempt; answer: Record<string, string> },
): Promise<Claims | Unproven> {
  try {
    const provider = await discovered(signOn);
    const tokens = await authorizationCodeGrant(
      provider,
      new URL(`${signOn.callback}?${new URLSearchParams(answer)}`),
      {
        pkceCodeVerifier: attempt.verifier,
        expectedState: attempt.state,
        expectedNonce: attempt.nonce,
        idTokenExpected: true,
      },
    );
    const claims = { ...tokens.claims() };
    const more = provider.serverMetadata().userinfo_endpoint
      ? await fetchUserInfo(provider, tokens.access_token, String(claims.sub))
      : {};
    return readClaims({ ...more, ...claims }, signOn.departmentsClaim);
  } catch (error) {
    const unproven = explain(deps, error);
    if (unproven === "down") known.delete(signOn);
    return unproven;
  }
}

type Asking = Pick<Deps, "log">;

const known = new WeakMap<SignOn, Promise<Configuration>>();

/** What the provider says about itself: asked when first needed, and again after a failure. Only its own addresses are asked. */
function discovered(signOn: SignOn): Promise<Configuration> {
  const found = known.get(signOn) ?? discover(signOn);
  known.set(signOn, found);
  found.catch(() => known.delete(signOn));
  return found;
}

const discover = ({ issuer, clientId, clientSecret }: SignOn): Promise<Configuration> =>
  discovery(new URL(issuer), clientId, { [clockTolerance]: CLOCKS_APART_SECONDS }, withSecret(clientSecret), {
    timeout: TIMEOUT_SECONDS,
    execute: [enableNonRepudiationChecks, ...(issuer.startsWith("http:") ? [allowInsecureRequests] : [])],
  });

/** The secret goes into the body where the provider takes it there, else into the header. */
function withSecret(secret: string): ReturnType<typeof ClientSecretPost> {
  const [inBody, inHeader] = [ClientSecretPost(secret), ClientSecretBasic(secret)];
  return (provider, ...request) =>
    provider.token_endpoint_auth_methods_supported?.includes("client_secret_post")
      ? inBody(provider, ...request)
      : inHeader(provider, ...request);
}

/** People learn what to do; the log learns the code of the error, which holds nothing personal. */
function explain({ log }: Asking, error: unknown): Unproven {
  if (error instanceof AuthorizationResponseError && error.error === "access_denied") return "denied";
  const [code, cause] = [codeOf(error), error instanceof Error ? codeOf(error.cause) : ""];
  log.warn({ code, cause }, "single sign-on failed");
  return isUnreachable(error) ? "down" : "unproven";
}

const codeOf = (error: unknown): string =>
  typeof error === "object" && error !== null && "code" in error ? String(error.code) : String(Object(error).name);

/** No connection, no answer in time, or one that is no answer of a provider. */
const isUnreachable = (error: unknown): boolean =>
  error instanceof TypeError
    ? error.message === "fetch failed"
    : ["OAUTH_TIMEOUT", "OAUTH_ABORT", "OAUTH_RESPONSE_IS_NOT_CONFORM", "OAUTH_RESPONSE_IS_NOT_JSON"].includes(
        codeOf(error),
      );
