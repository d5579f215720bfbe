import { words } from "../words.ts";

export const api = words({
  "api.title": ["HTTP API", "HTTP API"],
  "api.intro": [
    "用 JSON 读写知客里的一切，权限与您在网页上的相同。",
    "Read and write everything in Zhike as JSON, with the same permissions as on the web.",
  ],
  "api.tokens": ["令牌", "Tokens"],
  "api.specification": ["OpenAPI 描述", "OpenAPI description"],
});
