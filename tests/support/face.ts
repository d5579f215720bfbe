import type { Response } from "supertest";

/**
 * All that somebody sees of an answer, to compare it with another one: without the moment, the nonce, and the name they
 * asked for themselves. Ask for names of the same length.
 */
export function faceOf(answer: Response, asked: string): object {
  const { date: _, "content-security-policy": policy = "", ...headers } = answer.headers;
  const nonce = /nonce-([\w-]+)/.exec(policy)?.[1] ?? "nonce";
  const bare = (text: string) => text.replaceAll(nonce, "NONCE").replaceAll(asked, "ASKED");
  return {
    status: answer.status,
    headers: bare(JSON.stringify(headers)),
    policy: bare(policy),
    text: bare(answer.text),
  };
}
