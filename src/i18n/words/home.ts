import { words } from "../words.ts";

export const home = words({
  "home.title": ["首页", "Home"],
  "home.greeting": ["{name}，您好", "Hello, {name}"],
  "home.continue": ["接着写", "Pick up where you left off"],
  "home.recent": ["最近更新", "Recently changed"],
  "home.visited": ["最近看过", "Recently opened"],
  "home.waiting": ["待我处理", "Waiting for me"],
  "home.nothingWaiting": ["没有等您处理的事。", "Nothing is waiting for you."],
  "home.announcements": ["公告", "Announcements"],
});
