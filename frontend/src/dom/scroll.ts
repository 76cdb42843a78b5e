/** `data-keeps-scroll="key"`: a scrolling pane stands where it stood when the page is loaded again. */

import { DRAFTS_CLEARED } from "./forms";

const nameOf = (pane: HTMLElement): string => `scroll:${pane.dataset.keepsScroll ?? ""}`;

export function keepScroll(): void {
  const panes = [...document.querySelectorAll<HTMLElement>("[data-keeps-scroll]")];
  const leaving = new AbortController();
  for (const pane of panes) {
    const kept = sessionStorage.getItem(nameOf(pane));
    if (kept) pane.scrollTop = Number(kept);
  }
  document.addEventListener(DRAFTS_CLEARED, () => {
    leaving.abort();
  });
  window.addEventListener(
    "pagehide",
    () => {
      for (const pane of panes) sessionStorage.setItem(nameOf(pane), String(pane.scrollTop));
    },
    { signal: leaving.signal },
  );
}
