import { words } from "../words.ts";

export const questions = words({
  "questions.title": ["问题", "Questions"],
  "questions.question": ["问题", "Question"],
  "questions.answer": ["答案", "Answer"],
  "questions.ask": ["提问", "Ask a question"],
  "questions.answerIt": ["回答", "Answer"],
  "questions.accept": ["采纳", "Accept"],
  "questions.accepted": ["已采纳", "Accepted"],
  "questions.open": ["未答", "Unanswered"],
  "questions.openFor": ["{days, number} 天未答", "Unanswered for {days, plural, one {# day} other {# days}}"],
  "questions.toPage": ["转为页面", "Turn into a page"],
  "questions.none": ["没有问题。", "No questions."],
});
