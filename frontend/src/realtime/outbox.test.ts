import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { keptSends } from "./kept_sends";
import { newKey } from "./keys";
import { Outbox } from "./outbox";
import type { KeyedFrame, OutboxDoor } from "./outbox";
import { say } from "./wire";
import type { PostFrame } from "./wire";

let isOpen = true;
let isCleared = false;
const door = {
  say: vi.fn<OutboxDoor["say"]>(),
  shown: vi.fn(),
  acked: vi.fn(),
  refused: vi.fn(),
} satisfies OutboxDoor;

const post = (body: string, more: Partial<PostFrame> = {}): PostFrame =>
  say.post({ key: newKey(), stream: "room:x", thread: "t", body, ...more });
const outbox = (): Outbox => new Outbox(door, keptSends("me", () => isCleared), () => 0.5);
const left = (): string[] => door.say.mock.calls.map(([frame]) => (frame as PostFrame).body);
const kept = (me = "me"): KeyedFrame[] => keptSends(me, () => false).load();
const refusal = { code: "closed", after_ms: null, text: "This thread is closed." };

beforeEach(() => {
  vi.useFakeTimers();
  vi.clearAllMocks();
  sessionStorage.clear();
  isOpen = true;
  isCleared = false;
  door.say.mockImplementation(() => isOpen);
});
afterEach(() => {
  vi.clearAllTimers();
  vi.useRealTimers();
});

describe("the key of an act", () => {
  it("is a version 4 UUID, never the same", () => {
    const keys = Array.from({ length: 50 }, newKey);
    for (const key of keys) expect(key).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(new Set(keys).size).toBe(50);
  });
});

describe("sending", () => {
  it("keeps the post until it is acked", () => {
    const box = outbox();
    const frame = post("one");
    box.put(frame);
    expect(kept()).toEqual([frame]);
    box.hearAck({ key: frame.key, id: "p1" });
    expect(door.acked).toHaveBeenCalledExactlyOnceWith(frame, { key: frame.key, id: "p1" });
    expect(kept()).toEqual([]);
    vi.advanceTimersByTime(120_000);
    expect(left()).toEqual(["one"]);
  });

  it("sends again with the same key, for as long as nobody answers", () => {
    const frame = post("one");
    outbox().put(frame);
    vi.advanceTimersByTime(600_000);
    expect(door.say.mock.calls.length).toBeGreaterThan(10);
    expect(new Set(door.say.mock.calls.map(([{ key }]) => key))).toEqual(new Set([frame.key]));
  });

  it("sends what waits when the link opens", () => {
    isOpen = false;
    const box = outbox();
    box.put(post("one"));
    isOpen = true;
    box.linked();
    expect(left()).toEqual(["one", "one"]);
  });

  it("is shown as not sent after 5 s only, and again as sending when a person tries again", () => {
    isOpen = false;
    const box = outbox();
    const frame = post("one");
    box.put(frame);
    vi.advanceTimersByTime(4_900);
    expect(door.shown.mock.calls).toEqual([[frame, "sending"]]);
    vi.advanceTimersByTime(200);
    expect(door.shown).toHaveBeenLastCalledWith(frame, "failed");
    isOpen = true;
    box.hurry(frame.key);
    expect(door.shown).toHaveBeenLastCalledWith(frame, "sending");
    expect(left()).toEqual(["one", "one"]);
  });

  it("sends the posts of one thread one after the other, those of others at once", () => {
    const box = outbox();
    const [first, second, elsewhere] = [post("1"), post("2"), post("other", { thread: "u" })];
    for (const frame of [first, second, elsewhere]) box.put(frame);
    expect(left()).toEqual(["1", "other"]);
    box.linked();
    expect(left()).toEqual(["1", "other", "1", "other"]);
    box.hearAck({ key: first.key, id: "p" });
    expect(left().at(-1)).toBe("2");
  });

  it("takes an ack once", () => {
    const box = outbox();
    const frame = post("one");
    box.put(frame);
    box.put(frame);
    box.hearAck({ key: frame.key, id: "p" });
    box.hearAck({ key: frame.key, id: "p" });
    expect(door.acked).toHaveBeenCalledOnce();
  });
});

describe("a refusal", () => {
  it("for good gives the text back and lets the next one go", () => {
    const box = outbox();
    const [first, second] = [post("1"), post("2")];
    box.put(first);
    box.put(second);
    box.hearError({ ref: first.key, retry: false, ...refusal });
    expect(door.refused.mock.calls[0]?.[0]).toBe(first);
    expect(left()).toEqual(["1", "2"]);
    expect(kept()).toEqual([second]);
  });

  it("for now is tried again after the time it names", () => {
    const box = outbox();
    const frame = post("1");
    box.put(frame);
    box.hearError({ ref: frame.key, retry: true, ...refusal, after_ms: 3_000 });
    vi.advanceTimersByTime(2_900);
    expect(left()).toEqual(["1"]);
    vi.advanceTimersByTime(200);
    expect(left()).toEqual(["1", "1"]);
    expect(door.refused).not.toHaveBeenCalled();
  });

  it("of something else is nobody's", () => {
    const box = outbox();
    box.put(post("1"));
    box.hearError({ ref: null, retry: false, ...refusal });
    box.hearError({ ref: newKey(), retry: false, ...refusal });
    expect(box.waiting).toHaveLength(1);
  });
});

describe("what is kept over a reload", () => {
  it("goes out again under its old key", () => {
    isOpen = false;
    const frame = post("one");
    outbox().put(frame);
    isOpen = true;
    outbox().restore();
    expect(door.say).toHaveBeenLastCalledWith(frame);
  });

  it.each([{ byline: "shielded" as const }, { office_only: true }])("is never %o", (secret) => {
    isOpen = false;
    const box = outbox();
    box.put(post("secret", secret));
    box.put(post("open"));
    expect(sessionStorage.getItem("sends:me")).not.toContain("secret");
    expect(kept()).toHaveLength(1);
    expect(box.waiting).toHaveLength(2);
  });

  it("is not another person's", () => {
    outbox().put(post("mine"));
    expect(kept("somebody else")).toEqual([]);
  });

  it("is nothing after sign-out", () => {
    isCleared = true;
    outbox().put(post("late"));
    expect(sessionStorage.length).toBe(0);
  });

  it("may be rubbish", () => {
    for (const rubbish of ["{", "3", "null", "[1, null, {}]"]) {
      sessionStorage.setItem("sends:me", rubbish);
      outbox().restore();
    }
    expect(door.say).not.toHaveBeenCalled();
  });
});
