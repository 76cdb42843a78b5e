/** The log stays where the reader is; only who is at its end is taken along. */

import { hasTemplate } from "../dom/template";
import { partFrom } from "./parts";

const NEAR_PX = 64;

export class Scrolling {
  private jump: HTMLElement | null = null;
  private stayedAtEnd = false;
  private height = 0;

  constructor(private readonly log: HTMLElement, private readonly atEndAgain: () => void) {
    // The composer grows, somebody types, a keyboard opens: the last words stay above all of them.
    new ResizeObserver(() => {
      this.height = log.clientHeight;
      if (this.stayedAtEnd) this.toEnd();
    }).observe(log);
    log.addEventListener("scroll", () => {
      // A log that has just become shorter is not where the reader left it; the observer comes next.
      if (log.clientHeight === this.height) this.stayedAtEnd = this.isAtEnd;
      if (!this.isAtEnd) return;
      this.hideJump();
      this.atEndAgain();
    }, { passive: true });
  }

  get isAtEnd(): boolean {
    const { scrollHeight, scrollTop, clientHeight } = this.log;
    return scrollHeight - scrollTop - clientHeight <= NEAR_PX;
  }

  toEnd(): void {
    this.log.scrollTop = this.log.scrollHeight;
    this.stayedAtEnd = true;
    this.hideJump();
  }

  /** Where the page opens: at what is new since the last time, else at the end. */
  toWhatIsNew(): void {
    const line = this.log.querySelector(".log__new");
    if (!line) {
      this.toEnd();
      return;
    }
    line.scrollIntoView({ block: "start" });
    this.stayedAtEnd = this.isAtEnd;
  }

  /** Run `change`; who was at the end is at the end afterwards, everybody else sees the same lines as before. */
  keeping(change: () => void): void {
    const wasAtEnd = this.isAtEnd;
    const anchor = wasAtEnd ? null : this.firstVisible();
    const before = anchor?.getBoundingClientRect().top ?? 0;
    change();
    if (wasAtEnd) this.toEnd();
    else if (anchor?.isConnected) this.log.scrollTop += anchor.getBoundingClientRect().top - before;
  }

  /** New posts stand below what is shown. */
  offerJump(): void {
    if (this.isAtEnd || this.jump || !hasTemplate("jump-template")) return;
    const jump = partFrom("jump-template", {}, new Set());
    jump.addEventListener("click", () => {
      this.toEnd();
      this.log.focus({ preventScroll: true });
    });
    this.log.after(jump);
    this.jump = jump;
  }

  private hideJump(): void {
    this.jump?.remove();
    this.jump = null;
  }

  private firstVisible(): Element | null {
    const { top } = this.log.getBoundingClientRect();
    return [...this.log.children].find((line) => line.getBoundingClientRect().bottom > top) ?? null;
  }
}
