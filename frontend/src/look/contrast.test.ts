import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

/** Grounds that text of a colour stands on; "on-…" is text on a filled button or count. */
const TEXT_ON: Record<string, string[]> = {
  ink: ["paper", "card", "sunk", "teal-soft", "gold-soft", "red-soft", "green-soft", "violet-soft"],
  "ink-2": ["paper", "card", "sunk", "teal-soft", "gold-soft", "red-soft", "green-soft", "violet-soft"],
  "ink-3": ["paper", "card", "sunk"],
  teal: ["paper", "card", "sunk"],
  "teal-strong": ["paper", "card", "sunk", "teal-soft"],
  gold: ["paper", "card", "gold-soft"],
  red: ["paper", "card", "red-soft"],
  green: ["paper", "card", "green-soft"],
  violet: ["paper", "card", "violet-soft"],
  "on-teal": ["teal", "teal-strong"],
  "on-gold": ["gold-mark"],
  "on-red": ["red"],
};
/** Borders that say "this is a control", and the focus ring. */
const SEEN_ON: Record<string, string[]> = { edge: ["paper", "card"], focus: ["paper", "card", "sunk"] };

const source = readFileSync("styles/tokens.css", "utf-8");
const [light = "", dark = ""] = source.split("@media (prefers-color-scheme: dark)");

function coloursOf(css: string): Record<string, string> {
  const found = css.matchAll(/--([a-z0-9-]+):\s*(#[0-9a-f]{3,6})\b/g);
  return Object.fromEntries([...found].map(([, name = "", colour = ""]): [string, string] => [name, colour]));
}

function luminance(colour: string): number {
  const short = /^#([0-9a-f])([0-9a-f])([0-9a-f])$/.exec(colour);
  const full = short ? `#${short.slice(1).map((digit) => digit + digit).join("")}` : colour;
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(full.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [brighter, darker] = [luminance(one), luminance(other)].toSorted((a, b) => b - a) as [number, number];
  return (brighter + 0.05) / (darker + 0.05);
}

const themes: [string, Record<string, string>][] = [
  ["light", coloursOf(light)],
  ["dark", { ...coloursOf(light), ...coloursOf(dark) }],
];

describe.each(themes)("the %s colours", (_name, colours) => {
  const cases = (pairs: Record<string, string[]>): [string, string][] =>
    Object.entries(pairs).flatMap(([text, grounds]) => grounds.map((ground): [string, string] => [text, ground]));
  const of = (name: string): string => colours[name] ?? expect.unreachable(`no colour ${name}`);

  it.each(cases(TEXT_ON))("%s reads on %s", (text, ground) => {
    expect(contrast(of(text), of(ground))).toBeGreaterThanOrEqual(4.5);
  });

  it.each(cases(SEEN_ON))("%s is seen on %s", (edge, ground) => {
    expect(contrast(of(edge), of(ground))).toBeGreaterThanOrEqual(3);
  });
});
