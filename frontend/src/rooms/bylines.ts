/** Who a post or a thread seems to come from, as the frame tells it. */

import type { By } from "../realtime/wire";
import { slotIn } from "./parts";

export interface Shown {
  author: string;
  /** Stands smaller beside it: the organisation of a person, or the person behind an organisation. */
  second: string;
}

export function shownBy(by: By | undefined, shieldedWords: string): Shown {
  if (!by) return { author: "", second: "" };
  if (by.byline === "shielded") return { author: shieldedWords, second: "" };
  const { organisation = "", mine } = by;
  // One's own post says "you"; the name beside it would look as if others could see it.
  const name = mine && by.byline === "organisation" && organisation ? "" : (by.name ?? "");
  if (by.byline === "named") return { author: name, second: organisation };
  return organisation ? { author: organisation, second: name } : { author: name, second: "" };
}

/** Two letters at most; quotation marks and dots are no initials. */
export function initialsOf(author: string): string {
  const letters = author.split(/\s+/).map((word) => /[\p{L}\p{N}]/u.exec(word)?.[0] ?? "");
  return letters.filter(Boolean).slice(0, 2).join("").toLocaleUpperCase();
}

export function showBy(root: Element, by: By | undefined): void {
  const author = slotIn(root, "author");
  const shown = shownBy(by, author?.dataset.shielded ?? "");
  if (author) author.textContent = shown.author;
  const organisation = slotIn(root, "organisation");
  if (shown.second && organisation) organisation.textContent = shown.second;
  else organisation?.remove();
  const initials = slotIn(root, "initials");
  if (initials) initials.textContent = initialsOf(shown.author);
  const pseudonym = slotIn(root, "pseudonym");
  if (pseudonym) pseudonym.textContent = by?.pseudonym ?? "";
}
