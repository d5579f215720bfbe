import { words } from "../words.ts";

export const notifications = words({
  "notifications.title": ["通知", "Notifications"],
  "notifications.unread": ["未读", "Unread"],
  "notifications.markAllRead": ["全部标为已读", "Mark all as read"],
  "notifications.none": ["没有新通知。", "No new notifications."],
});
