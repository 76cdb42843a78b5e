/** Tells the server how far we read, so that it knows whom it may send more. */

import type { Follower } from "./follower";
import { say } from "./wire";
import type { ClientFrame } from "./wire";

const EVERY_ENTRIES = 50;
const EVERY_MS = 10_000;

export class Receipts {
  private readonly owed = new Set<Follower>();
  private count = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly send: (frame: ClientFrame) => boolean) {}

  /** One more entry of that stream has arrived; call it before or after applying, the place is read when sent. */
  note(follower: Follower): void {
    this.owed.add(follower);
    this.count += 1;
    this.timer ??= setTimeout(() => {
      this.pay();
    }, EVERY_MS);
    if (this.count >= EVERY_ENTRIES) {
      // After the whole frame is applied, so that the receipt names its last entry.
      queueMicrotask(() => {
        this.pay();
      });
    }
  }

  /** A new socket owes nothing. */
  forget(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.owed.clear();
    this.count = 0;
  }

  private pay(): void {
    if (this.count === 0) return;
    const positions = Object.fromEntries([...this.owed].map(({ stream, last }) => [stream, last.position]));
    this.forget();
    this.send(say.got({ positions }));
  }
}
