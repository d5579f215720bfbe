/**
 * The inline SVG of an icon: 24 × 24 strokes in the colour of the text; size and weight come from the style sheet.
 * Hidden from screen readers. Throws when there is no such icon.
 */
export const iconSvg = (name: string): string => {
  const shapes = SHAPES.get(name);
  if (shapes === undefined) throw new Error(`no icon is called ${name}`);
  return `<svg class="i" viewBox="0 0 24 24" aria-hidden="true">${shapes}</svg>`;
};

/** The names of all icons. */
export const iconNames = (): string[] => [...SHAPES.keys()];

const path = (...paths: string[]): string => paths.map((d) => `<path d="${d}"/>`).join("");
const circle = (cx: number, cy: number, r: number): string => `<circle cx="${cx}" cy="${cy}" r="${r}"/>`;
const box = (x: number, y: number, width: number, height: number, rx = 2): string =>
  `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="${rx}"/>`;

const PARCEL = path("M12 3 4 7.5v9L12 21l8-4.5v-9Z", "m4 7.5 8 4.5 8-4.5", "M12 12v9", "m8 5.2 8 4.6");
const PERSON = circle(12, 8, 4) + path("M4.5 20.5c.5-4.2 3.5-6.5 7.5-6.5s7 2.3 7.5 6.5");
const BUBBLE = path("M20 15a2 2 0 0 1-2 2H9l-5 4V6a2 2 0 0 1 2-2h12a2 2 0 0 1 2 2Z");

/** Shapes in the manner of Lucide (ISC licence). */
const SHAPES: ReadonlyMap<string, string> = new Map([
  ["add", path("M12 5v14", "M5 12h14")],
  ["answer", circle(12, 12, 9) + path("m8 12.5 2.8 2.8 5.4-6")],
  ["alert", circle(12, 12, 9) + path("M12 7.5v5", "M12 16.2v.1")],
  ["archive", box(3, 4, 18, 5) + path("M5 9v9a2 2 0 0 0 2 2h10a2 2 0 0 0 2-2V9", "M10 13h4")],
  ["arrow-left", path("M19 12H5", "m11 18-6-6 6-6")],
  ["arrow-right", path("M5 12h14", "m13 6 6 6-6 6")],
  [
    "attachment",
    path("m20.5 11.5-8.6 8.6a5.4 5.4 0 0 1-7.6-7.6l8.6-8.6a3.6 3.6 0 0 1 5.1 5.1l-8.6 8.6a1.8 1.8 0 0 1-2.6-2.6l8-7.9"),
  ],
  ["bell", path("M6 8a6 6 0 0 1 12 0c0 7 3 9 3 9H3s3-2 3-9", "M10.3 21a1.94 1.94 0 0 0 3.4 0")],
  ["book", path("M4 19.5A2.5 2.5 0 0 1 6.5 17H20", "M6.5 2H20v20H6.5A2.5 2.5 0 0 1 4 19.5v-15A2.5 2.5 0 0 1 6.5 2Z")],
  ["building", box(5, 3, 14, 18) + path("M9 7.5h.1", "M15 7.5h-.1", "M9 12h.1", "M15 12h-.1", "M10 21v-4h4v4")],
  ["calendar", box(3, 5, 18, 16) + path("M8 3v4", "M16 3v4", "M3 10.5h18")],
  ["check", path("m5 12.5 4.5 4.5L19 7.5")],
  ["chevron-down", path("m6 9 6 6 6-6")],
  ["chevron-right", path("m9 6 6 6-6 6")],
  ["clock", circle(12, 12, 9) + path("M12 7v5l3.2 2")],
  ["close", path("M6 6l12 12", "M18 6 6 18")],
  ["comment", BUBBLE],
  ["interaction", BUBBLE],
  ["compare", box(3, 4, 7, 16) + box(14, 4, 7, 16) + path("M6 9h1", "M6 13h1", "M17 9h1", "M17 13h1")],
  ["copy", box(8, 8, 12, 13) + path("M16 8V5a2 2 0 0 0-2-2H6a2 2 0 0 0-2 2v9a2 2 0 0 0 2 2h2")],
  ["customer", box(3, 7.5, 18, 13) + path("M9 7.5V5a2 2 0 0 1 2-2h2a2 2 0 0 1 2 2v2.5", "M3 13c5.6 2.6 12.4 2.6 18 0")],
  ["download", path("M12 4v11", "m7.5 10.5 4.5 4.5 4.5-4.5", "M4 20h16")],
  ["edit", path("M4 20h4L19.5 8.5a2.8 2.8 0 0 0-4-4L4 16Z", "m14 6 4 4")],
  ["external", path("M14 4h6v6", "M20 4l-9 9", "M18 14v4a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2V8a2 2 0 0 1 2-2h4")],
  ["eye", path("M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12Z") + circle(12, 12, 2.8)],
  ["filter", path("M4 6h16", "M7 12h10", "M10 18h4")],
  ["flag", path("M5 21V4", "M5 4.5c4.5-2.6 9 2.6 14 0V14c-5 2.6-9.5-2.6-14 0")],
  ["globe", circle(12, 12, 9) + path("M3 12h18", "M12 3c5 5 5 13 0 18", "M12 3c-5 5-5 13 0 18")],
  ["history", path("M3.5 12a8.5 8.5 0 1 0 2.7-6.2L3.5 8.3", "M3.5 3.5v4.8h4.8", "M12 7.5V12l3 2")],
  ["home", path("m4 10.5 8-6.5 8 6.5V19a1.5 1.5 0 0 1-1.5 1.5h-13A1.5 1.5 0 0 1 4 19Z", "M9.5 20.5V14h5v6.5")],
  ["image", box(3, 4, 18, 16) + circle(9, 10, 1.6) + path("m4 18 5.5-4.5 3.5 2.5 3.5-3.5L21 16.5")],
  ["inbox", path("M3 13h5l1.5 3h5L16 13h5", "M5.5 5h13L21 13v5a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2v-5Z")],
  ["label", path("M20.5 13.2 13.2 20.5a2 2 0 0 1-2.8 0L3.5 13.6V3.5h10.1l6.9 6.9a2 2 0 0 1 0 2.8Z", "M8 8h.1")],
  [
    "link",
    path(
      "M10 14a4.5 4.5 0 0 0 6.5.5l3-3a4.6 4.6 0 0 0-6.5-6.5L11.5 6.5",
      "M14 10a4.5 4.5 0 0 0-6.5-.5l-3 3a4.6 4.6 0 0 0 6.5 6.5l1.5-1.5",
    ),
  ],
  ["list", path("M9 6h11", "M9 12h11", "M9 18h11", "M4.5 6h.1", "M4.5 12h.1", "M4.5 18h.1")],
  ["lock", box(5, 11, 14, 10) + path("M8 11V7.5a4 4 0 0 1 8 0V11")],
  ["login", path("M14 4h4a2 2 0 0 1 2 2v12a2 2 0 0 1-2 2h-4", "M4 12h11", "m11 8 4 4-4 4")],
  ["logout", path("M10 4H6a2 2 0 0 0-2 2v12a2 2 0 0 0 2 2h4", "M10 12h10", "m16 8 4 4-4 4")],
  ["mail", box(3, 5, 18, 14) + path("m4 7.5 8 6 8-6")],
  ["menu", path("M4 7h16", "M4 12h16", "M4 17h16")],
  ["merge", path("M6 4v4a6 6 0 0 0 6 6 6 6 0 0 1 6 6", "M18 4v4a6 6 0 0 1-6 6 6 6 0 0 0-6 6")],
  ["moon", path("M20 14.5A8.5 8.5 0 1 1 9.5 4a6.8 6.8 0 0 0 10.5 10.5Z")],
  ["more", circle(5, 12, 1) + circle(12, 12, 1) + circle(19, 12, 1)],
  [
    "move",
    path(
      "M4 6a2 2 0 0 1 2-2h4l2 3h6a2 2 0 0 1 2 2v8a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2Z",
      "M9 13h6",
      "m12.5 10.5 2.5 2.5-2.5 2.5",
    ),
  ],
  ["package", PARCEL],
  ["product", PARCEL],
  ["page", path("M14 3H7a2 2 0 0 0-2 2v14a2 2 0 0 0 2 2h10a2 2 0 0 0 2-2V8Z", "M14 3v5h5", "M9 13h6", "M9 17h4")],
  [
    "people",
    circle(9, 8, 3.5) +
      path(
        "M3 20c.4-3.6 2.8-5.5 6-5.5s5.6 1.9 6 5.5",
        "M16 4.7a3.5 3.5 0 0 1 0 6.6",
        "M17.5 14.8c2 .7 3.2 2.5 3.5 5.2",
      ),
  ],
  ["person", PERSON],
  ["contact", PERSON],
  [
    "phone",
    path(
      "M8.5 4H5.5A1.5 1.5 0 0 0 4 5.6C4.7 13.5 10.5 19.3 18.4 20a1.5 1.5 0 0 0 1.6-1.5v-3l-4.5-1.7-2 2a13 13 0 0 1-5.3-5.3l2-2Z",
    ),
  ],
  ["pin", path("M12 21v-6", "M7 15h10l-1.5-4V5H17V3H7v2h1.5v6Z")],
  [
    "print",
    path("M7 9V3h10v6", "M7 18H5a2 2 0 0 1-2-2v-5a2 2 0 0 1 2-2h14a2 2 0 0 1 2 2v5a2 2 0 0 1-2 2h-2") +
      box(7, 14, 10, 7, 1),
  ],
  ["promise", box(3, 5, 18, 16) + path("M8 3v4", "M16 3v4", "M3 10.5h18", "m9 15.8 2 2 4-4")],
  ["question", circle(12, 12, 9) + path("M9.5 9.5a2.6 2.6 0 1 1 3.7 2.4c-.8.4-1.2 1-1.2 1.9", "M12 17v.1")],
  ["restore", path("M4 12a8 8 0 1 0 2.5-5.8L4 8.5", "M4 4v4.5h4.5")],
  ["search", `${circle(11, 11, 7)}${path("m20 20-3.5-3.5")}`],
  ["send", path("M21 3 10 14", "M21 3l-7 18-4-7-7-4Z")],
  ["settings", path("M4 7h9", "M17 7h3", "M4 17h3", "M11 17h9") + circle(15, 7, 2) + circle(9, 17, 2)],
  ["shield", path("M12 3 5 5.5V11c0 4.7 2.8 8 7 10 4.2-2 7-5.3 7-10V5.5Z", "m9 11.5 2.2 2.2L15.2 9.5")],
  [
    "space",
    path(
      "M4 5.5A1.5 1.5 0 0 1 5.5 4H10a2 2 0 0 1 2 2v14a2 2 0 0 0-2-2H4Z",
      "M20 5.5A1.5 1.5 0 0 0 18.5 4H14a2 2 0 0 0-2 2v14a2 2 0 0 1 2-2h6Z",
    ),
  ],
  ["star", path("m12 3.5 2.6 5.4 5.9.8-4.3 4.1 1.1 5.9-5.3-2.9-5.3 2.9 1.1-5.9L3.5 9.7l5.9-.8Z")],
  [
    "sun",
    circle(12, 12, 4) +
      path(
        "M12 2.5v2",
        "M12 19.5v2",
        "M2.5 12h2",
        "M19.5 12h2",
        "m5.3 5.3 1.4 1.4",
        "m17.3 17.3 1.4 1.4",
        "m5.3 18.7 1.4-1.4",
        "m17.3 6.7 1.4-1.4",
      ),
  ],
  ["told", path("M20 11.5a7.5 7.5 0 0 1-8 7.5L4 21l2-5a7.5 7.5 0 1 1 14-4.5Z", "m9 11.5 2.2 2.2 3.8-4.2")],
  ["trash", path("M4 7h16", "M9 7V4h6v3", "M6 7l1 13a1 1 0 0 0 1 1h8a1 1 0 0 0 1-1l1-13", "M10 11v6", "M14 11v6")],
  [
    "tree",
    box(3, 3.5, 7, 5, 1.5) +
      box(14, 9.5, 7, 5, 1.5) +
      box(14, 17, 7, 4.5, 1.5) +
      path("M6.5 8.5V17a2 2 0 0 0 2 2H14", "M6.5 12H14"),
  ],
  [
    "unlink",
    path(
      "M10 14a4.5 4.5 0 0 0 6.5.5l3-3a4.6 4.6 0 0 0-6.5-6.5",
      "M14 10a4.5 4.5 0 0 0-6.5-.5l-3 3a4.6 4.6 0 0 0 6.5 6.5",
      "M4 4l16 16",
    ),
  ],
  ["upload", path("M12 16V4", "m7.5 8.5 4.5-4.5 4.5 4.5", "M4 20h16")],
  ["verified", path("M12 3 5 5.5V11c0 4.7 2.8 8 7 10 4.2-2 7-5.3 7-10V5.5Z", "m9 11.5 2.2 2.2L15.2 9.5")],
  ["watch", path("M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12Z") + circle(12, 12, 2.8)],
  [
    "wechat",
    path(
      "M9 4.5c-3.6 0-6.5 2.4-6.5 5.4 0 1.7.9 3.2 2.4 4.2L4.2 16.5l2.6-1.3c.7.2 1.4.3 2.2.3",
      "M21.5 14.5c0-2.6-2.6-4.8-5.7-4.8S10 11.9 10 14.5s2.6 4.7 5.8 4.7c.7 0 1.3-.1 1.9-.3l2.3 1.1-.6-2c1.3-.9 2.1-2.1 2.1-3.5Z",
    ),
  ],
]);
