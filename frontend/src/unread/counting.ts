/** Asks now and then how much waits, so that marks of rooms and places do not grow old on an open page. */

import { patience } from "../dom/patience";
import { COUNTS_MOVED, showMarks, showRooms } from "./badges";

const EVERY_MS = 60_000;
const LONGEST_MS = 15 * 60_000;
/** A mark that was just sent is kept by then. */
const AFTER_READING_MS = 1_500;

export class Counting {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private asked = 0;
  private failures = 0;
  private answeredAt = Date.now();
  private readonly listening = new AbortController();

  constructor(private readonly address: string) {}

  start(): void {
    const { signal } = this.listening;
    document.addEventListener("visibilitychange", () => { this.looked(); }, { signal });
    // The back button brings a page as it was left.
    window.addEventListener("pageshow", ({ persisted }) => { if (persisted) this.askIn(0); }, { signal });
    document.addEventListener(COUNTS_MOVED, () => {
      // An answer under way was counted before.
      this.asked += 1;
      this.askIn(AFTER_READING_MS);
    }, { signal });
    this.askIn(EVERY_MS);
  }

  stop(): void {
    clearTimeout(this.timer);
    this.listening.abort();
  }

  /** Nobody looks at a hidden page, so nobody is asked for it. */
  private looked(): void {
    clearTimeout(this.timer);
    const since = Date.now() - this.answeredAt;
    // Looking there and back again does not ask a server that is in trouble any sooner.
    this.askIn(this.failures ? Math.max(0, this.pause - since) : 0);
  }

  private get pause(): number {
    return Math.min(LONGEST_MS, EVERY_MS * 2 ** this.failures);
  }

  private askIn(ms: number): void {
    clearTimeout(this.timer);
    if (this.listening.signal.aborted || document.hidden) return;
    this.timer = setTimeout(() => void this.ask(), ms);
  }

  private async ask(): Promise<void> {
    this.asked += 1;
    const { asked } = this;
    try {
      const response = await fetch(this.address, { headers: { Accept: "application/json" }, signal: patience() });
      // Signed out, or no longer anybody with rooms: other parts of the page say so.
      const isOver = response.redirected || (response.status >= 400 && response.status < 500 && response.status !== 429);
      if (isOver) {
        this.stop();
        return;
      }
      if (!response.ok) throw new Error(String(response.status));
      const answer: unknown = await response.json();
      this.failures = 0;
      if (asked === this.asked) show(answer);
    } catch {
      this.failures += 1;
    } finally {
      this.answeredAt = Date.now();
      if (asked === this.asked) this.askIn(this.pause);
    }
  }
}

function show(answer: unknown): void {
  if (typeof answer !== "object" || answer === null || !("rooms" in answer) || !("marks" in answer)) return;
  const { rooms, marks } = answer;
  if (!isObject(rooms) || !isObject(marks)) return;
  showRooms(new Map(Object.entries(rooms).map(([room, count]) => [room, Number(count) || 0])));
  showMarks(new Map(Object.entries(marks).map(([place, figure]) => [place, String(figure)])));
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

/** On every page of whoever reads rooms. */
export function countUnread(): void {
  const address = document.querySelector<HTMLElement>("[data-unread]")?.dataset.unread;
  if (address) new Counting(address).start();
}
