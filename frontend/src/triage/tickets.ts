/** The tickets on the board, and the one the keyboard stands on. It survives a reload, and a board drawn anew. */

const KEPT_AS = "triage:ticket";

export class Tickets {
  private chosen: string | null;

  constructor(private readonly root: HTMLElement) {
    this.chosen = sessionStorage.getItem(KEPT_AS);
    root.addEventListener("focusin", ({ target }) => {
      const ticket = target instanceof Element ? target.closest<HTMLElement>("[data-ticket]") : null;
      if (ticket) this.choose(ticket);
    });
  }

  get all(): HTMLElement[] {
    return [...this.root.querySelectorAll<HTMLElement>("[data-ticket]")];
  }

  get current(): HTMLElement | null {
    return this.all.find((ticket) => ticket.dataset.ticket === this.chosen) ?? null;
  }

  /** To the next or the one before, column by column; at first to the first. */
  move(by: 1 | -1): void {
    const { all, current } = this;
    if (!all.length) return;
    const at = current ? all.indexOf(current) + by : 0;
    const next = all[Math.min(Math.max(at, 0), all.length - 1)];
    if (next) this.goTo(next);
  }

  goTo(ticket: HTMLElement): void {
    this.choose(ticket);
    linkOf(ticket)?.focus({ preventScroll: true });
    ticket.scrollIntoView({ block: "nearest" });
  }

  /** After the board was drawn: the mark is on its ticket again. */
  mark(): void {
    for (const ticket of this.all) ticket.classList.toggle("is-selected", ticket.dataset.ticket === this.chosen);
  }

  /** Where to go on when the ticket one stood on is gone: to its neighbour. */
  nearest(index: number): HTMLElement | undefined {
    const { all } = this;
    return all[Math.min(Math.max(index, 0), all.length - 1)];
  }

  private choose(ticket: HTMLElement): void {
    this.chosen = ticket.dataset.ticket ?? null;
    if (this.chosen) sessionStorage.setItem(KEPT_AS, this.chosen);
    this.mark();
  }
}

export function linkOf(ticket: HTMLElement): HTMLElement | null {
  return ticket.querySelector<HTMLElement>(".ticket__title a");
}

/** The button, link or form of a step on this ticket, if it is offered. */
export function verbOf(ticket: HTMLElement, verb: string): HTMLElement | null {
  return ticket.querySelector<HTMLElement>(`[data-verb="${verb}"]`);
}
