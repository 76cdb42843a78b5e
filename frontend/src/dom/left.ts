/** Fields with a `maxlength` say how much still fits, once that is little: what is cut off unseen would be lost. */

import { cloneTemplate, hasTemplate } from "./template";

const FEW = 200;
/** Read out when these are passed on the way down, and not at every letter. */
const SAID_AT = [FEW, 50, 10, 0];

const lines = new WeakMap<HTMLTextAreaElement, HTMLElement>();
const lastSaid = new WeakMap<HTMLTextAreaElement, number>();

export function tellWhatIsLeft(): void {
  document.addEventListener("input", ({ target }) => {
    if (target instanceof HTMLTextAreaElement && target.maxLength > 0) look(target);
  });
}

function look(area: HTMLTextAreaElement): void {
  const left = Math.max(0, area.maxLength - area.value.length);
  const isFew = left <= Math.min(FEW, area.maxLength / 5);
  const line = lines.get(area) ?? (isFew ? lineAfter(area) : null);
  if (!line) return;
  line.hidden = !isFew;
  const words = line.querySelector<HTMLElement>('[data-slot="words"]');
  if (!words) return;
  words.textContent = wordsFor(left, words.dataset);
  line.classList.toggle("is-none", left === 0);
  say(area, line, { left, words: isFew ? words.textContent : "" });
}

function say(area: HTMLTextAreaElement, line: HTMLElement, { left, words }: { left: number; words: string }): void {
  const status = line.querySelector('[data-slot="said"]');
  const passed = SAID_AT.findLast((mark) => left <= mark) ?? Infinity;
  if (status && passed < (lastSaid.get(area) ?? Infinity)) status.textContent = words;
  lastSaid.set(area, passed);
}

/** Whole phrases come from the server, with the numbers 1, 2 and 5 in them. */
function wordsFor(left: number, { one = "", few = "", many = "", none = "" }: DOMStringMap): string {
  if (left === 0) return none;
  const rule = new Intl.PluralRules(document.documentElement.lang || "en").select(left);
  const phrase = rule === "one" ? one : rule === "few" ? few : many;
  return phrase.replace(/\d+/, String(left));
}

function lineAfter(area: HTMLTextAreaElement): HTMLElement | null {
  if (!hasTemplate("left-template")) return null;
  const line = cloneTemplate("left-template");
  area.after(line);
  lines.set(area, line);
  return line;
}
