/** The ways in which we and a customer speak, in the order in which forms offer them. */
export const CHANNELS = [
  "phone",
  "wechat",
  "wecom",
  "email",
  "visit",
  "meeting",
  "chat",
  "sms",
  "dingtalk",
  "feishu",
  "website",
  "forum",
  "weibo",
  "other",
] as const;
export type Channel = (typeof CHANNELS)[number];

export const DIRECTIONS = ["out", "in", "internal"] as const;

/** Imported records may name channels of their own: they are shown as "other". */
export const channelOf = (text: string | null): Channel => CHANNELS.find((channel) => channel === text) ?? "other";
