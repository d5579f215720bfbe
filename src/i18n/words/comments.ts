import { words } from "../words.ts";

export const comments = words({
  "comments.title": ["讨论", "Discussion"],
  "comments.comment": ["评论", "Comment"],
  "comments.count": ["{count, number} 条评论", "{count, plural, one {# comment} other {# comments}}"],
  "comments.write": ["写评论", "Write a comment"],
  "comments.post": ["发表评论", "Post comment"],
  "comments.reply": ["回复", "Reply"],
  "comments.resolve": ["标为已解决", "Resolve"],
  "comments.resolved": ["已解决", "Resolved"],
  "comments.none": ["还没有评论。", "No comments yet."],
});
