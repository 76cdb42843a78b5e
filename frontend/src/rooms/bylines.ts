/** Who a post or a thread seems to come from, as the frame tells it. */

import type { By } from "../realtime/wire";
import { slotIn } from "./parts";

export interface Shown {
  author: string;
  organisation: string;
}

/** An organisation speaks in its own name; a person who is named stands before their organisation. */
export function shownBy(by: By | undefined, shieldedWords: string): Shown {
  if (!by) return { author: "", organisation: "" };
  if (by.byline === "shielded") return { author: shieldedWords, organisation: "" };
  const { name, organisation } = by;
  return name ? { author: name, organisation: organisation ?? "" } : { author: organisation ?? "", organisation: "" };
}

export function initialsOf(author: string): string {
  const words = author.split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  return words.slice(0, 2).map((word) => String.fromCodePoint(word.codePointAt(0) ?? 32).toLocaleUpperCase()).join("");
}

export function showBy(root: Element, by: By | undefined): void {
  const author = slotIn(root, "author");
  const shown = shownBy(by, author?.dataset.shielded ?? "");
  if (author) author.textContent = shown.author;
  const organisation = slotIn(root, "organisation");
  if (shown.organisation && organisation) organisation.textContent = shown.organisation;
  else organisation?.remove();
  const initials = slotIn(root, "initials");
  if (initials) initials.textContent = initialsOf(shown.organisation || shown.author);
  const pseudonym = slotIn(root, "pseudonym");
  if (pseudonym) pseudonym.textContent = by?.pseudonym ?? "";
}
