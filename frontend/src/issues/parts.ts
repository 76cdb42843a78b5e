/** Exchanges the parts of an issue's page that differ; forms in which somebody writes are no such part. */

const FORM_FIELDS = 'input[name="csrfmiddlewaretoken"]';

/** Whether anything differed. */
export function swapParts(page: ParentNode): boolean {
  const live = [...document.querySelectorAll<HTMLElement>("[data-live]")];
  return live.map((part) => swap(part, page.querySelector(selectorOf(part)))).includes(true);
}

/** What one may no longer read leaves the screen; what one was writing stays. */
export function hideParts(): void {
  for (const part of document.querySelectorAll("[data-live]")) part.replaceChildren();
}

function selectorOf(part: HTMLElement): string {
  return `[data-live="${CSS.escape(part.dataset.live ?? "")}"]`;
}

function swap(live: HTMLElement, fresh: HTMLElement | null): boolean {
  if (!fresh) return false;
  keepTokens(live, fresh);
  if (live.isEqualNode(fresh)) return false;
  const focus = focusIn(live);
  const open = new Set([...live.querySelectorAll("details[open]")].map(nameOf));
  live.hidden = fresh.hidden;
  live.replaceChildren(...fresh.childNodes);
  for (const details of live.querySelectorAll("details")) details.open = open.has(nameOf(details));
  if (focus) live.querySelector<HTMLElement>(focus)?.focus({ preventScroll: true });
  return true;
}

/** Each page has a token of its own, masked anew: no difference worth a word. */
function keepTokens(live: HTMLElement, fresh: HTMLElement): void {
  const [old] = live.querySelectorAll<HTMLInputElement>(FORM_FIELDS);
  if (!old) return;
  for (const token of fresh.querySelectorAll<HTMLInputElement>(FORM_FIELDS)) token.setAttribute("value", old.value);
}

function nameOf(details: Element): string {
  return details.querySelector("summary")?.textContent.trim() ?? "";
}

/** How to find again what had the focus. */
function focusIn(part: Element): string | null {
  const held = document.activeElement;
  if (!held || held === part || !part.contains(held)) return null;
  for (const name of ["id", "href", "name"]) {
    const value = held.getAttribute(name);
    if (value) return `[${name}="${CSS.escape(value)}"]`;
  }
  return held.matches("button") ? "button" : null;
}
