/** Parts of a page as the server draws them now; focus, scroll and what was opened stay where they were. */

import { refreshTime } from "./times";

const TOKEN = 'input[name="csrfmiddlewaretoken"]';
/** By these an element is found again, and by these its form. */
const NAMES = ["id", "href", "formaction", "data-reaction", "name"];
const NAMES_OF_FORMS = ["id", "data-triage", "action"];

type Find = () => HTMLElement | null | undefined;

/** Children are exchanged, so that the part itself keeps its listeners. Whether anything differed for a reader. */
export function exchange(live: HTMLElement, fresh: HTMLElement): boolean {
  for (const time of fresh.querySelectorAll<HTMLTimeElement>("time[data-relative]")) refreshTime(time);
  keepTokens(live, fresh);
  keepOpen(live, fresh);
  if (live.isEqualNode(fresh)) return false;
  const held = heldIn(live);
  const { scrollTop } = live;
  live.hidden = fresh.hidden;
  live.replaceChildren(...fresh.childNodes);
  live.scrollTop = scrollTop;
  held?.()?.focus({ preventScroll: true });
  return true;
}

/** Each page has a token of its own, masked anew: no difference worth a word. */
function keepTokens(live: Element, fresh: Element): void {
  const old = live.querySelector<HTMLInputElement>(TOKEN);
  if (!old) return;
  for (const token of fresh.querySelectorAll<HTMLInputElement>(TOKEN)) token.setAttribute("value", old.value);
}

function keepOpen(live: Element, fresh: Element): void {
  const before = new Map([...live.querySelectorAll("details")].map((details) => [nameOf(details), details.open]));
  for (const details of fresh.querySelectorAll("details")) details.open = before.get(nameOf(details)) ?? details.open;
}

/** How to find again what had the focus. */
function heldIn(part: Element): Find | null {
  const held = document.activeElement;
  if (!held || held === part || !part.contains(held)) return null;
  if (held.matches("summary")) return summaryLike(part, held);
  const itself = selectorOf(held, NAMES);
  if (itself) return () => part.querySelector<HTMLElement>(itself);
  if (!held.matches("button")) return null;
  const form = held.closest("form");
  const around = form && selectorOf(form, NAMES_OF_FORMS);
  return () => part.querySelector<HTMLElement>(around ? `form${around} button` : "button");
}

function summaryLike(part: Element, held: Element): Find {
  const name = nameOf(held.parentElement ?? held);
  return () => [...part.querySelectorAll("details")].find((details) => nameOf(details) === name)?.querySelector("summary");
}

function selectorOf(element: Element, names: readonly string[]): string | null {
  const known = names.filter((name) => element.getAttribute(name));
  return known.map((name) => `[${name}="${CSS.escape(element.getAttribute(name) ?? "")}"]`).join("") || null;
}

/** Many posts have the same menu: its words count together with what it stands in. */
function nameOf(details: Element): string {
  const summary = details.querySelector("summary");
  const words = summary?.getAttribute("aria-label") ?? summary?.textContent.trim() ?? "";
  return `${details.closest("[id]")?.id ?? ""} ${words}`;
}
