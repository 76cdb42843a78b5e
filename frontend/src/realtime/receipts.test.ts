import { beforeEach, describe, expect, it, vi } from "vitest";

import type { Follower } from "./follower";
import { Receipts } from "./receipts";
import type { ClientFrame } from "./wire";

const follower = { stream: "room:a", last: { epoch: "e", position: 0 } };
let said: ClientFrame[] = [];

function hears(receipts: Receipts, entries: number): Promise<void> {
  for (let each = 0; each < entries; each += 1) {
    follower.last.position += 1;
    receipts.note(follower as unknown as Follower);
  }
  return Promise.resolve();
}

function receiptsOf(random: number): Receipts {
  return new Receipts((frame) => said.push(frame) > 0, () => random);
}

function places(): number[] {
  return said.map((frame) => (frame.t === "got" ? (frame.positions["room:a"] ?? 0) : -1));
}

describe("Receipts", () => {
  beforeEach(() => {
    vi.useFakeTimers();
    said = [];
    follower.last.position = 0;
  });

  it("begins somewhere, and then confirms every 50 entries", async () => {
    const receipts = receiptsOf(0.6);
    for (let each = 0; each < 121; each += 1) await hears(receipts, 1);
    expect(places()).toEqual([20, 70, 120]);
  });

  it("never lets more than 50 wait", async () => {
    const receipts = receiptsOf(0);
    for (let each = 0; each < 100; each += 1) await hears(receipts, 1);
    expect(places()).toEqual([50, 100]);
  });

  it.each([[0, 10_000], [0.5, 7_500], [0.9, 5_500]])("confirms a single entry in time (%d)", (random, afterMs) => {
    void hears(receiptsOf(random), 1);
    vi.advanceTimersByTime(afterMs - 1);
    expect(places()).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(places()).toEqual([1]);
  });

  it("says nothing about a socket that is gone", async () => {
    const receipts = receiptsOf(0);
    await hears(receipts, 10);
    receipts.forget();
    vi.advanceTimersByTime(20_000);
    expect(said).toEqual([]);
  });
});
