/** Frames lost, doubled and out of order, by chance: what was applied is the stream, each entry once. */

import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { Follower } from "./follower";
import type { EntryFrame, ClientFrame } from "./wire";

const stream = "room:x";
const FIRST_SEED = Number(process.env.SEED ?? Date.now() % 1_000_000);
const SEEDS = Array.from({ length: process.env.SEED ? 1 : 60 }, (_, index) => FIRST_SEED + index);

/** A small generator, so that a seed repeats a run. */
function chanceOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const entry = (position: number): EntryFrame => ({
  ...{ t: "entry", stream, epoch: "e", position, kind: "post.added", at: "2026-11-23T07:09:00Z" },
});

class Server {
  head = 0;
  private readonly underWay: EntryFrame[] = [];
  private answers: ClientFrame[] = [];

  constructor(private readonly chance: () => number) {}

  write(): void {
    this.head += 1;
    if (this.chance() < 0.75) this.send(this.head);
    if (this.chance() < 0.2) this.send(Math.ceil(this.chance() * this.head));
  }

  asked(frame: ClientFrame): void {
    this.answers.push(frame);
  }

  deliver(follower: Follower): void {
    if (this.underWay.length > 1 && this.chance() < 0.3) this.underWay.reverse();
    while (this.underWay.length && this.chance() < 0.8) follower.hear(this.underWay.shift() as EntryFrame);
    if (this.chance() < 0.5) this.answer(follower);
    if (this.chance() < 0.1) follower.hearHead(this.head);
  }

  answer(follower: Follower): void {
    const asked = this.answers;
    this.answers = [];
    for (const frame of asked) {
      if (frame.t !== "subscribe" || this.chance() < 0.2) continue;
      const missing = Array.from({ length: this.head - (frame.since ?? 0) }, (_, index) => entry((frame.since ?? 0) + index + 1));
      follower.hear({ t: "entries", stream, epoch: "e", entries: missing, more: false });
      follower.hear({ t: "live", stream, epoch: "e", position: this.head });
    }
  }

  private send(position: number): void {
    this.underWay.push(entry(position));
  }
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.clearAllTimers();
  vi.useRealTimers();
});

describe("whatever the link does", () => {
  it.each(SEEDS)("the page holds the stream, in order, each entry once (seed %i)", (seed) => {
    const chance = chanceOf(seed);
    const server = new Server(chance);
    const applied: number[] = [];
    const follower = new Follower(stream, { epoch: "e", position: 0 }, {
      say: (frame) => {
        server.asked(frame);
      },
      apply: ({ position }) => applied.push(position),
      received: () => undefined,
      needsSnapshot: () => undefined,
      lostAccess: () => undefined,
    });
    follower.ask();
    for (let step = 0; step < 150; step += 1) {
      if (chance() < 0.6) server.write();
      server.deliver(follower);
      if (chance() < 0.05) {
        follower.away();
        follower.ask();
      }
      vi.advanceTimersByTime(chance() * 500);
      expect(applied, `seed ${seed}`).toEqual(applied.map((_, index) => index + 1));
    }
    // The link heals: heads are told, asked is answered.
    for (let round = 0; round < 40; round += 1) {
      follower.hearHead(server.head);
      vi.advanceTimersByTime(5_100);
      server.answer(follower);
    }
    expect(applied, `seed ${seed}`).toEqual(Array.from({ length: server.head }, (_, index) => index + 1));
  });
});
