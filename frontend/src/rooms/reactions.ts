/** Signs under a post: counts are told by the server, one's own is pressed. */

import { newKey } from "../realtime/keys";
import { say } from "../realtime/wire";
import type { EntryFrame, Json } from "../realtime/wire";
import type { KeyedFrame } from "../realtime/outbox";

type Signs = ReadonlySet<string>;

const signsOf = (post: Element): HTMLElement[] => [...post.querySelectorAll<HTMLElement>("[data-reaction]")];

export function pressedOf(post: Element): Signs {
  const pressed = signsOf(post).filter((sign) => sign.getAttribute("aria-pressed") === "true");
  return new Set(pressed.map((sign) => sign.dataset.reaction ?? ""));
}

/** `counts` as the frame tells them; without `mine`, what was pressed stays pressed. */
export function showReactions(post: Element, counts: Json | undefined, mine?: Signs): void {
  const told = typeof counts === "object" && counts !== null && !Array.isArray(counts) ? counts : {};
  for (const sign of signsOf(post)) {
    const code = sign.dataset.reaction ?? "";
    const count = Number(told[code] ?? 0);
    if (mine && sign.hasAttribute("aria-pressed")) press(sign, mine.has(code));
    const figure = sign.querySelector('[data-slot="count"]');
    if (!figure) continue;
    figure.textContent = String(count);
    const place = sign.closest("li");
    if (!place) continue;
    // Who took their own back goes on from the menu in which it now waits.
    if (count === 0 && place.contains(document.activeElement)) post.querySelector("summary")?.focus();
    place.hidden = count === 0;
  }
  const list = post.querySelector<HTMLElement>('[data-slot="reactions"]');
  if (list) list.hidden = ![...list.querySelectorAll("li")].some((item) => !item.hidden);
}

/** One entry `post.reacted`: all counts, and which sign changed. */
export function applyReaction(post: Element, entry: EntryFrame): void {
  const facts = entry.facts ?? {};
  const mine = new Set(pressedOf(post));
  if (entry.by?.mine && typeof facts.sign === "string") {
    if (facts.on === true) mine.add(facts.sign);
    else mine.delete(facts.sign);
  }
  showReactions(post, facts.reactions, mine);
}

/** Pressing a sign sends a frame; without this the button posts its form. */
export function sendReactions(log: HTMLElement, put: (frame: KeyedFrame) => void): void {
  log.addEventListener("click", (event) => {
    const button = (event.target as Element).closest<HTMLButtonElement>("button[data-reaction]");
    const post = button?.closest<HTMLElement>("[data-post]");
    const { reaction } = button?.dataset ?? {};
    if (!button || !post?.dataset.post || !reaction) return;
    event.preventDefault();
    closeMenu(button.closest("details"));
    const on = button.getAttribute("aria-pressed") !== "true";
    for (const same of signsOf(post)) if (same.dataset.reaction === reaction) press(same, on);
    put(say.react({ key: newKey(), post: post.dataset.post, reaction, on }));
  });
}

/** What had the focus is out of sight then: it goes to what opens the menu. */
function closeMenu(menu: HTMLDetailsElement | null): void {
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary")?.focus();
}

/** It was refused: as it was before. */
export function takeBackReaction(post: Element | null, frame: Extract<KeyedFrame, { t: "react" }>): void {
  if (!post) return;
  for (const sign of signsOf(post)) if (sign.dataset.reaction === frame.reaction) press(sign, !frame.on);
}

function press(sign: Element, on: boolean): void {
  if (sign.hasAttribute("aria-pressed")) sign.setAttribute("aria-pressed", String(on));
}
