/** Tells the server how far we read, so that it knows whom it may send more. */

import type { Follower } from "./follower";
import { say } from "./wire";
import type { ClientFrame } from "./wire";

const EVERY_ENTRIES = 50;
const EVERY_MS = 10_000;

/**
 * At the latest after so many entries or so long. Thousands of pages that hear the same room would say
 * it in the same moment, and the next entry would wait for all of them: so each begins somewhere else.
 */
export class Receipts {
  private readonly owed = new Set<Follower>();
  private count: number;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly send: (frame: ClientFrame) => boolean,
    private readonly random: () => number = Math.random,
  ) {
    this.count = this.somewhere();
  }

  /** One more entry of that stream has arrived; call it before or after applying, the place is read when sent. */
  note(follower: Follower): void {
    this.owed.add(follower);
    this.count += 1;
    this.timer ??= setTimeout(() => {
      this.pay();
    }, EVERY_MS * (1 - this.random() / 2));
    if (this.count >= EVERY_ENTRIES) {
      // After the whole frame is applied, so that the receipt names its last entry.
      queueMicrotask(() => {
        this.pay();
      });
    }
  }

  /** A new socket owes nothing. */
  forget(): void {
    this.startOver();
    this.count = this.somewhere();
  }

  private pay(): void {
    if (this.owed.size === 0) return;
    const positions = Object.fromEntries([...this.owed].map(({ stream, last }) => [stream, last.position]));
    this.startOver();
    this.send(say.got({ positions }));
  }

  private startOver(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.owed.clear();
    this.count = 0;
  }

  private somewhere(): number {
    return Math.floor(this.random() * EVERY_ENTRIES);
  }
}
