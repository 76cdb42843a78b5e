/** Marks the open thread as read: when its end is in view and the page is looked at. */

import { say } from "../realtime/wire";
import type { ClientFrame } from "../realtime/wire";

const AFTER_MS = 800;

export interface ReadingDoor {
  isInView(): boolean;
  position(): number;
  say(frame: ClientFrame): boolean;
  marked(): void;
}

export class Reading {
  private marked: number;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly stream: string,
    private readonly thread: string,
    read: number,
    private readonly door: ReadingDoor,
  ) {
    this.marked = read;
    document.addEventListener("visibilitychange", () => {
      this.look();
    });
  }

  /** Something arrived, or the reader scrolled. What is in view for a moment counts as read. */
  look(): void {
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      this.mark();
    }, AFTER_MS);
  }

  private mark(): void {
    const position = this.door.position();
    if (document.hidden || position <= this.marked || !this.door.isInView()) return;
    if (!this.door.say(say.read({ stream: this.stream, thread: this.thread, position }))) return;
    this.marked = position;
    this.door.marked();
  }
}
