/** Texts with `data-most` say how much still fits, once that is little, or how much is too much; nothing is cut off. */

import { cloneTemplate, hasTemplate } from "./template";

const FEW = 200;
/** Read out when these are passed on the way down, and not at every letter. */
const SAID_AT = [FEW, 50, 10, 0, -1];

type Area = HTMLTextAreaElement | HTMLInputElement;

const lines = new WeakMap<Area, HTMLElement>();
const lastSaid = new WeakMap<Area, number>();

export function tellWhatIsLeft(): void {
  document.addEventListener("input", ({ target }) => {
    if (target instanceof HTMLTextAreaElement || target instanceof HTMLInputElement) lookWhatIsLeft(target);
  });
}

/** For a text that nobody typed: it was sent, or came back. */
export function lookWhatIsLeft(area: Area): void {
  const most = Number(area.dataset.most);
  if (!most) return;
  // The server counts characters; one beyond the 65,536th is two units of a string here.
  const left = most - Array.from(area.value).length;
  const isFew = left <= Math.min(FEW, most / 5);
  const line = lines.get(area) ?? (isFew ? lineAfter(area) : null);
  if (!line) return;
  line.hidden = !isFew;
  const words = line.querySelector<HTMLElement>('[data-slot="words"]');
  if (!words) return;
  words.textContent = wordsFor(left, words.dataset);
  line.classList.toggle("is-none", left <= 0);
  say(area, line, { left, words: isFew ? words.textContent : "" });
}

function say(area: Area, line: HTMLElement, { left, words }: { left: number; words: string }): void {
  const status = line.querySelector('[data-slot="said"]');
  const passed = SAID_AT.findLast((mark) => left <= mark) ?? Infinity;
  if (status && passed < (lastSaid.get(area) ?? Infinity)) status.textContent = words;
  lastSaid.set(area, passed);
}

/** Whole phrases come from the server, with the numbers 1, 2 and 5 in them. */
function wordsFor(left: number, words: DOMStringMap): string {
  if (left === 0) return words.none ?? "";
  const rule = new Intl.PluralRules(document.documentElement.lang || "en").select(Math.abs(left));
  const number = rule === "one" || rule === "few" ? rule : "many";
  const phrase = words[left < 0 ? `${number}Over` : number] ?? "";
  return phrase.replace(/\d+/, String(Math.abs(left)));
}

function lineAfter(area: Area): HTMLElement | null {
  if (!hasTemplate("left-template")) return null;
  const line = cloneTemplate("left-template");
  area.after(line);
  lines.set(area, line);
  return line;
}
