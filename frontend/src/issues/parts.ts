/** Exchanges the parts of an issue's page that differ; forms in which somebody writes are no such part. */

import { exchange } from "../dom/exchange";

/** Whether anything differed. */
export function swapParts(page: ParentNode): boolean {
  const live = [...document.querySelectorAll<HTMLElement>("[data-live]")];
  return live.map((part) => swap(part, page.querySelector<HTMLElement>(selectorOf(part)))).includes(true);
}

/** What one may no longer read leaves the screen; what one was writing stays. */
export function hideParts(): void {
  for (const part of document.querySelectorAll<HTMLElement>("[data-live]")) {
    part.replaceChildren();
    part.hidden = true; // an empty frame says nothing
  }
}

function selectorOf(part: HTMLElement): string {
  return `[data-live="${CSS.escape(part.dataset.live ?? "")}"]`;
}

function swap(live: HTMLElement, fresh: HTMLElement | null): boolean {
  return fresh !== null && exchange(live, fresh);
}
