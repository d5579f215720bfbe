/** Whether a folded word, or a Chinese character or pair of characters, says nothing by itself: the, 的, 什么, 么样. */
export function isStopWord(word: string): boolean {
  const holdsParticle = word.length <= 2 && (PARTICLES.has(word.charAt(0)) || PARTICLES.has(word.charAt(1)));
  return STOP_WORDS.has(word) || (holdsParticle && !CONTENT_WORDS.has(word));
}

const ENGLISH =
  "a about after all also am an and any are as at be because been before being but by can could did do does doing for " +
  "from had has have having he her here him his how i if in into is it its just me more most my no nor not of on only " +
  "or other our out over own she should so some such than that the their them then there these they this those " +
  "through to too under until up very was we were what when where which while who whom why will with would you your";
const CHINESE_CHARACTERS = "在和与及或也而就都之其这那个们把被让从到为以于对有我你您他她它";
const CHINESE_PAIRS = "如何 多少 为何 请问 可以 能否 需要 一个";
const STOP_WORDS = new Set([...ENGLISH.split(" "), ...CHINESE_CHARACTERS, ...CHINESE_PAIRS.split(" ")]);

/** A pair that holds one of these is grammar (户的) or a question (什么, 怎样, 是谁), a few words aside. */
const PARTICLES = new Set("的了是吗呢吧啊么哪谁什怎");
const CONTENT_WORDS = new Set(["目的", "了解", "标的"]);
