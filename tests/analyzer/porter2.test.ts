import { describe, expect, test } from "vitest";
import { stem } from "../../src/analyzer/porter2.ts";

const STEMS: readonly (readonly [stem: string, words: string])[] = [
  ["custom", "custom customs"],
  ["custom", "customer customers customized customizing"],
  ["connect", "connect connected connecting connection connections"],
  ["relat", "relate related relating relation relational"],
  ["general", "general generally generalization generalize"],
  ["generous", "generous generously"],
  ["generat", "generate generated generating generation generator"],
  ["communiti", "community communities"],
  ["communic", "communicate communication communicative"],
  ["arsenal", "arsenal"],
  ["hope", "hope hoped hoping hopes"],
  ["hop", "hop hopped hopping hops"],
  ["fall", "fall falls falling"],
  ["agre", "agree agreed agreeing agrees"],
  ["feed", "feed feeds"],
  ["happi", "happy happiness"],
  ["happili", "happily"],
  ["say", "say says saying"],
  ["by", "by"],
  ["cri", "cry cries cried"],
  ["tie", "tie ties tied tying"],
  ["ski", "ski skis"],
  ["sky", "sky skies"],
  ["die", "dying"],
  ["earli", "early"],
  ["onli", "only"],
  ["gas", "gas"],
  ["this", "this"],
  ["kiwi", "kiwi kiwis"],
  ["caress", "caress caresses"],
  ["inning", "inning innings"],
  ["proceed", "proceed proceeds"],
  ["proceed", "proceeding"],
  ["news", "news"],
  ["bias", "bias"],
  ["use", "use uses used using"],
  ["luxuri", "luxury luxuriating"],
  ["size", "size sized sizing"],
  ["enabl", "enable enabled enables"],
  ["sens", "sense sensed"],
  ["sensit", "sensitive sensitivity"],
  ["decis", "decision decisive"],
  ["nation", "nation national nationalism nationally"],
  ["ration", "ration rational"],
  ["depend", "depend dependable dependent depends"],
  ["depend", "dependence"],
  ["analog", "analogy"],
  ["digit", "digit digital digitize"],
  ["radic", "radical radically"],
  ["hope", "hopeful hopefulness hopefully"],
  ["good", "good goods goodness"],
  ["adjust", "adjust adjustment"],
  ["adopt", "adoption"],
  ["replac", "replace replacement"],
  ["control", "controlled controlling"],
  ["roll", "roll rolls"],
  ["dog", "dog dog's dogs' dogs's 'dogs"],
  ["don't", "don't"],
  ["youth", "youth youthful"],
  ["boyish", "boyish"],
  ["enjoy", "enjoy enjoyed enjoying enjoyment"],
  ["box", "box boxed boxing"],
  ["succeed", "succeed succeeded"],
];

describe("an English word", () => {
  test.each(
    STEMS.flatMap(([expected, words]) =>
      words
        .split(" ")
        .filter(Boolean)
        .map((word) => [word, expected]),
    ),
  )("%s has the stem %s", (word, expected) => {
    expect(stem(word)).toBe(expected);
  });

  test("of one or two letters is its own stem", () => {
    for (const word of ["a", "as", "is", "us", "y"]) expect(stem(word)).toBe(word);
  });
});
