/**
 * Keys of the board. They are read by their place (`event.code`), so that they work in Cyrillic layouts;
 * they rest in fields and while a dialog is open, and can be switched off for good (WCAG 2.1.4).
 */

import { verbOf } from "./tickets";
import type { Tickets } from "./tickets";

const KEPT_AS = "triage:keys";
const REPLIES = ["ask", "answer", "signpost"];

export class Keys {
  private readonly actions: Readonly<Record<string, () => boolean>> = {
    KeyJ: () => this.moved(1),
    KeyK: () => this.moved(-1),
    KeyA: () => this.does("acknowledge"),
    KeyL: () => this.does("take"),
    KeyE: () => this.does("escalate"),
    KeyR: () => this.offersReplies(),
    KeyM: () => this.filters(),
  };

  constructor(
    private readonly root: HTMLElement,
    private readonly tickets: Tickets,
    private readonly legend: HTMLElement,
  ) {}

  start(): void {
    this.legend.hidden = false;
    const { box } = this;
    if (box) {
      box.checked = areOn();
      box.addEventListener("change", () => {
        keep(box.checked);
        this.showLegend();
      });
    }
    this.showLegend();
    document.addEventListener("keydown", (event) => {
      if (areOn() && isOurs(event) && this.answer(event)) event.preventDefault();
    });
  }

  private get box(): HTMLInputElement | null {
    return this.legend.querySelector<HTMLInputElement>('[data-slot="keys-on"]');
  }

  private showLegend(): void {
    const list = this.legend.querySelector<HTMLElement>('[data-slot="legend"]');
    if (list) list.hidden = !areOn();
  }

  /** The question mark is another place in other layouts: the sign itself counts, too. */
  private answer(event: KeyboardEvent): boolean {
    if (event.key === "?" || (event.code === "Slash" && event.shiftKey)) return this.opensList();
    return !event.shiftKey && (this.actions[event.code]?.() ?? false);
  }

  private moved(by: 1 | -1): boolean {
    this.tickets.move(by);
    return true;
  }

  private does(verb: string): boolean {
    const ticket = this.tickets.current;
    const step = ticket && verbOf(ticket, verb);
    if (!step) return false;
    if (step instanceof HTMLFormElement) step.requestSubmit();
    else step.click();
    return true;
  }

  /** Several answers are possible: they are shown, and the first has the focus. */
  private offersReplies(): boolean {
    const ticket = this.tickets.current;
    const steps = ticket ? REPLIES.map((verb) => verbOf(ticket, verb)) : [];
    const first = steps.find((step) => step !== null);
    if (!first) return false;
    const menu = first.closest("details");
    if (menu) menu.open = true;
    first.focus();
    return true;
  }

  private filters(): boolean {
    const chip = (show: string): HTMLElement | null => this.root.querySelector(`[data-show="${show}"]`);
    const isMine = chip("mine")?.getAttribute("aria-current") === "true";
    chip(isMine ? "all" : "mine")?.click();
    return true;
  }

  private opensList(): boolean {
    const dialog = this.legend.querySelector("dialog");
    dialog?.showModal();
    return dialog !== null;
  }
}

/** Nothing is typed, nothing is open, nothing is held down; a key that repeats acts only once. */
function isOurs(event: KeyboardEvent): boolean {
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || event.defaultPrevented) return false;
  if (event.repeat && event.code !== "KeyJ" && event.code !== "KeyK") return false;
  if (document.querySelector("dialog[open]")) return false;
  const { target } = event;
  return !(target instanceof Element && target.closest("input, textarea, select, [contenteditable]"));
}

function areOn(): boolean {
  try {
    return localStorage.getItem(KEPT_AS) !== "off";
  } catch {
    return true;
  }
}

function keep(isOn: boolean): void {
  try {
    if (isOn) localStorage.removeItem(KEPT_AS);
    else localStorage.setItem(KEPT_AS, "off");
  } catch {
    // Then the choice lasts as long as the page.
  }
}
