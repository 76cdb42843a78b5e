/** The board as the server draws it now, put in place of what is here; focus and open menus stay where they were. */

import { refreshTime } from "../dom/times";
import { linkOf } from "./tickets";
import type { Tickets } from "./tickets";

const OUTSIDE = [".top__nav", ".bottom"];

/** Answers whether tickets changed, and not only their clocks. */
export function swapBoard(root: HTMLElement, page: ParentNode, tickets: Tickets): boolean {
  const fresh = page.querySelector<HTMLElement>("[data-triage-board]");
  if (!fresh) return false;
  const before = outlineOf(root);
  const held = heldIn(root, tickets);
  for (const time of fresh.querySelectorAll<HTMLTimeElement>("time[data-relative]")) refreshTime(time);
  for (const name of ["filters", "board"]) {
    const part = (where: ParentNode): Element | null => where.querySelector(`[data-part="${name}"]`);
    exchange(part(root), part(fresh));
  }
  for (const selector of OUTSIDE) {
    const live = document.querySelector(selector);
    if (!live?.contains(document.activeElement)) exchange(live, page.querySelector(selector));
  }
  tickets.mark();
  held?.();
  return outlineOf(root) !== before;
}

function exchange(live: Element | null, fresh: Element | null): void {
  if (live && fresh && !live.isEqualNode(fresh)) live.replaceChildren(...fresh.childNodes);
}

/** Which ticket stands in which column. */
function outlineOf(root: HTMLElement): string {
  const columns = [...root.querySelectorAll(".board__column")];
  const ids = (column: Element): string[] =>
    [...column.querySelectorAll<HTMLElement>(".ticket")].map(({ dataset }) => dataset.ticket ?? "held");
  return JSON.stringify(columns.map(ids));
}

/** How to give back the focus to what had it: the same part of the same ticket, else its neighbour. */
function heldIn(root: HTMLElement, tickets: Tickets): (() => void) | null {
  const held = document.activeElement;
  if (!(held instanceof HTMLElement) || !root.contains(held)) return null;
  const ticket = held.closest<HTMLElement>("[data-ticket]");
  const [index, part] = [ticket ? tickets.all.indexOf(ticket) : -1, partOf(held)];
  const isOpen = held.closest("details")?.open === true;
  return () => {
    const same = ticket ? root.querySelector<HTMLElement>(`[data-ticket="${CSS.escape(ticket.dataset.ticket ?? "")}"]`) : root;
    const place = part === null ? null : (same?.querySelector<HTMLElement>(part) ?? null);
    const menu = place?.closest("details");
    if (menu && isOpen) menu.open = true;
    const next = place ?? (ticket ? linkOf(same ?? tickets.nearest(index) ?? root) : null);
    if (next !== document.activeElement) next?.focus({ preventScroll: true });
  };
}

function partOf(held: HTMLElement): string | null {
  const verb = held.closest<HTMLElement>("[data-verb]");
  if (verb) return `[data-verb="${verb.dataset.verb ?? ""}"]${verb === held ? "" : " button"}`;
  if (held.dataset.show) return `[data-show="${held.dataset.show}"]`;
  return ["summary", ".ticket__title a", ".ticket__pills a"].find((part) => held.matches(part)) ?? null;
}
