import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { Follower } from "./follower";
import type { FollowerDoor } from "./follower";
import type { EntryFrame } from "./wire";

const stream = "room:x";
const entry = (position: number, epoch = "e"): EntryFrame => ({
  t: "entry",
  stream,
  epoch,
  position,
  kind: "post.added",
  at: "2026-11-23T07:09:00Z",
});
const applied: number[] = [];
const door = {
  say: vi.fn(),
  apply: vi.fn((one: EntryFrame) => {
    applied.push(one.position);
  }),
  received: vi.fn(),
  needsSnapshot: vi.fn(),
  lostAccess: vi.fn(),
} satisfies FollowerDoor;

function following(): Follower {
  const follower = new Follower(stream, { epoch: "e", position: 40 }, door);
  follower.ask();
  return follower;
}

function live(): Follower {
  const follower = following();
  follower.hear({ t: "live", stream, epoch: "e", position: 40 });
  door.say.mockClear();
  return follower;
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.clearAllMocks();
  applied.length = 0;
});
afterEach(() => {
  vi.clearAllTimers();
  vi.useRealTimers();
});

describe("following a stream", () => {
  it("subscribes from the place of the page", () => {
    following();
    expect(door.say).toHaveBeenCalledExactlyOnceWith({ t: "subscribe", stream, epoch: "e", since: 40 });
  });

  it("applies the next entry only, and drops what it knows", () => {
    const follower = live();
    for (const position of [41, 41, 40, 42, 7]) follower.hear(entry(position));
    expect(applied).toEqual([41, 42]);
    expect(door.received).toHaveBeenCalledTimes(5);
    expect(door.say).not.toHaveBeenCalled();
  });

  it("asks again from its place at a gap, once", () => {
    const follower = live();
    for (const position of [41, 43, 44, 45]) follower.hear(entry(position));
    expect(applied).toEqual([41]);
    expect(door.say).toHaveBeenCalledExactlyOnceWith({ t: "subscribe", stream, epoch: "e", since: 41 });
  });

  it("tells what is caught up from what is live", () => {
    const follower = following();
    follower.hear({ t: "entries", stream, epoch: "e", entries: [entry(41), entry(42)], more: false });
    follower.hear({ t: "live", stream, epoch: "e", position: 42 });
    follower.hear(entry(43));
    expect(door.apply.mock.calls.map((call: unknown[]) => call[1])).toEqual([false, false, true]);
  });

  it("takes a head above its place for a gap only after 5 s", () => {
    const follower = live();
    follower.hearHead(41);
    vi.advanceTimersByTime(4_900);
    expect(door.say).not.toHaveBeenCalled();
    vi.advanceTimersByTime(200);
    expect(door.say).toHaveBeenCalledExactlyOnceWith({ t: "subscribe", stream, epoch: "e", since: 40 });
  });

  it("forgets a head that was reached in time", () => {
    const follower = live();
    follower.hearHead(41);
    follower.hear(entry(41));
    vi.advanceTimersByTime(6_000);
    expect(door.say).not.toHaveBeenCalled();
  });

  it("asks again when nobody answers", () => {
    following();
    vi.advanceTimersByTime(10_100);
    expect(door.say).toHaveBeenCalledTimes(2);
  });

  it("asks for a snapshot at a reset, applies nothing meanwhile, and goes on from its place", () => {
    const follower = live();
    follower.hear({ t: "reset", stream, epoch: "f", position: 900, reason: "other_epoch" });
    follower.hear(entry(41));
    follower.hear({ t: "reset", stream, epoch: "f", position: 901, reason: "other_epoch" });
    expect(door.needsSnapshot).toHaveBeenCalledOnce();
    expect(applied).toEqual([]);
    follower.restart({ epoch: "f", position: 905 });
    expect(door.say).toHaveBeenCalledExactlyOnceWith({ t: "subscribe", stream, epoch: "f", since: 905 });
  });

  it("never applies an entry of another epoch", () => {
    const follower = live();
    follower.hear(entry(41, "f"));
    expect(applied).toEqual([]);
    expect(door.say).toHaveBeenCalledOnce();
  });

  it("is over when access is", () => {
    const follower = live();
    follower.hear({ t: "left", stream, reason: "no_access" });
    follower.hear(entry(41));
    follower.ask();
    expect(door.lostAccess).toHaveBeenCalledOnce();
    expect(applied).toEqual([]);
    expect(door.say).not.toHaveBeenCalled();
  });
});
