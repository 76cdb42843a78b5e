/** The same frames by plain HTTP, for networks in which sockets do not open. */

import { patience } from "../dom/patience";
import type { Follower, StreamFrame } from "./follower";
import { parseServerFrame } from "./wire";
import type { ServerFrame } from "./wire";

const EVERY_MS = 5_000;
const EVERY_WHEN_HIDDEN_MS = 30_000;

export interface PollingDoor {
  followers(): Iterable<Follower>;
  heard(frame: ServerFrame): void;
  /** One round went through (or not): the page is reachable by HTTP. */
  reached(isReached: boolean): void;
  signedOut(): void;
}

export class Polling {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private isOn = false;

  constructor(
    private readonly door: PollingDoor,
    private readonly random: () => number = Math.random,
  ) {}

  start(): void {
    if (this.isOn) return;
    this.isOn = true;
    void this.round();
  }

  stop(): void {
    this.isOn = false;
    clearTimeout(this.timer);
  }

  /** Look now, for example because something was just sent. */
  hurry(): void {
    if (!this.isOn) return;
    clearTimeout(this.timer);
    void this.round();
  }

  private async round(): Promise<void> {
    let isReached = true;
    for (const follower of this.door.followers()) {
      if (follower.isGone) continue;
      isReached = (await this.look(follower)) && isReached;
      if (!this.isOn) return;
    }
    this.door.reached(isReached);
    const every = document.hidden ? EVERY_WHEN_HIDDEN_MS : EVERY_MS;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.round(), every * (0.8 + this.random() * 0.4));
  }

  /** Read pages of entries until nothing more is there. */
  private async look(follower: Follower): Promise<boolean> {
    for (;;) {
      const before = follower.last;
      const answer = await ask(follower);
      if (!answer || answer.response.status >= 500) return false;
      const { response, text } = answer;
      if (!this.isOn) return true;
      if (response.status === 401 || response.redirected) this.door.signedOut();
      if (response.status === 403 || response.status === 404) {
        this.door.heard({ t: "left", stream: follower.stream, reason: "no_access" });
      }
      if (!response.ok || response.redirected) return true;
      const frames = framesOf(text);
      for (const frame of frames) if (frame.t !== "live") this.door.heard(frame);
      const hasMore = frames.some((frame) => frame.t === "entries" && frame.more);
      if (!hasMore || follower.last.position === before.position) return true;
    }
  }
}

async function ask({ stream, last }: Follower): Promise<{ response: Response; text: string } | null> {
  const where = `/streams/${encodeURIComponent(stream)}/entries`;
  const query = new URLSearchParams({ epoch: last.epoch, after: String(last.position) });
  try {
    const response = await fetch(`${where}?${query.toString()}`, { headers: { Accept: "application/json" }, signal: patience() });
    return { response, text: await response.text() };
  } catch {
    return null;
  }
}

/** One frame, a list of frames, or `{"frames": […]}`; anything else is nothing. */
export function framesOf(text: string): ServerFrame[] {
  let held: unknown;
  try {
    held = JSON.parse(text);
  } catch {
    return [];
  }
  const listed = typeof held === "object" && held !== null && "frames" in held ? held.frames : held;
  const frames = Array.isArray(listed) ? (listed as unknown[]) : [listed];
  return frames.map((frame) => parseServerFrame(JSON.stringify(frame))).filter((frame) => frame !== null);
}

export type { StreamFrame };
