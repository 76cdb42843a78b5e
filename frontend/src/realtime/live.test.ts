import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { FakeSocket, useFakeSockets } from "./fake_socket";
import { Live } from "./live";
import type { LiveDoor, Places } from "./live";
import { newKey } from "./keys";
import { say } from "./wire";
import type { EntryFrame, PostFrame } from "./wire";

const stream = "room:x";
const entry = (position: number, more: Partial<EntryFrame> = {}): EntryFrame => ({
  ...{ t: "entry", stream, epoch: "e", position, kind: "post.added", at: "2026-11-23T07:09:00Z" },
  ...more,
});
const applied: number[] = [];
const door = {
  apply: vi.fn(({ position }: EntryFrame) => {
    applied.push(position);
  }),
  snapshot: vi.fn(() => Promise.resolve<Places>(new Map([[stream, { epoch: "f", position: 900 }]]))),
  link: vi.fn(),
  ephemeral: vi.fn(),
  sayByForm: vi.fn(),
  shown: vi.fn(),
  acked: vi.fn(),
  refused: vi.fn(),
} satisfies LiveDoor;
const post = (): PostFrame => say.post({ key: newKey(), stream, thread: "t", body: "text" });

function started(places: Places = new Map([[stream, { epoch: "e", position: 40 }]])): Live {
  const live = new Live({ url: "ws://here/ws/", me: "me", places, draftsAreCleared: () => false }, door);
  live.start();
  return live;
}

function opened(): Live {
  const live = started();
  FakeSocket.last.greets();
  FakeSocket.last.hears({ t: "live", stream, epoch: "e", position: 40 });
  return live;
}

const answers = (body: unknown, status = 200): void => {
  const content = (): string | ReadableStream => (body instanceof ReadableStream ? body : JSON.stringify(body));
  vi.stubGlobal("fetch", vi.fn(() => Promise.resolve(new Response(content(), { status }))));
};

beforeEach(() => {
  vi.useFakeTimers();
  vi.clearAllMocks();
  sessionStorage.clear();
  applied.length = 0;
  useFakeSockets();
});
afterEach(() => {
  vi.clearAllTimers();
  vi.useRealTimers();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

describe("the line of a page", () => {
  it("subscribes again from where it was after a break, and misses nothing", () => {
    opened();
    FakeSocket.last.hears(entry(41));
    FakeSocket.last.drops();
    vi.advanceTimersByTime(1_000);
    FakeSocket.last.greets();
    expect(FakeSocket.last.said("subscribe")).toEqual([{ t: "subscribe", stream, epoch: "e", since: 41 }]);
    FakeSocket.last.hears({ t: "entries", stream, epoch: "e", entries: [entry(42), entry(43)], more: false });
    expect(applied).toEqual([41, 42, 43]);
  });

  it("shows the page anew at a reset and subscribes from its place", async () => {
    opened();
    FakeSocket.last.hears({ t: "reset", stream, epoch: "f", position: 899, reason: "other_epoch" });
    await vi.advanceTimersByTimeAsync(0);
    expect(door.snapshot).toHaveBeenCalledOnce();
    expect(FakeSocket.last.said("subscribe").at(-1)).toEqual({ t: "subscribe", stream, epoch: "f", since: 900 });
  });

  it("tries a snapshot again that failed", async () => {
    door.snapshot.mockRejectedValueOnce(new Error("502"));
    opened();
    FakeSocket.last.hears({ t: "reset", stream, epoch: "f", position: 899, reason: "ahead" });
    await vi.advanceTimersByTimeAsync(2_000);
    expect(door.snapshot).toHaveBeenCalledTimes(2);
  });

  it("says how far it read, after 50 entries at the latest", async () => {
    opened();
    const entries = Array.from({ length: 60 }, (_, index) => entry(41 + index));
    FakeSocket.last.hears({ t: "entries", stream, epoch: "e", entries, more: false });
    await vi.advanceTimersByTimeAsync(0);
    expect(FakeSocket.last.said("got")).toEqual([{ t: "got", positions: { [stream]: 100 } }]);
  });

  it("says how far it read, after 10 s at the latest", () => {
    opened();
    FakeSocket.last.hears(entry(41));
    vi.advanceTimersByTime(4_900);
    expect(FakeSocket.last.said("got")).toEqual([]);
    vi.advanceTimersByTime(5_100);
    expect(FakeSocket.last.said("got")).toEqual([{ t: "got", positions: { [stream]: 41 } }]);
    FakeSocket.last.hears({ t: "beat", heads: { [stream]: 41 } });
    vi.advanceTimersByTime(20_000);
    expect(FakeSocket.last.said("got")).toHaveLength(1);
  });

  it("goes on after an entry that cannot be shown, with the page anew", async () => {
    vi.spyOn(console, "error").mockImplementation(() => undefined);
    door.apply.mockImplementationOnce(() => {
      throw new Error("no template");
    });
    opened();
    FakeSocket.last.hears(entry(41));
    await vi.advanceTimersByTimeAsync(0);
    expect(door.snapshot).toHaveBeenCalledOnce();
  });

  it("never sends as another person who signed in meanwhile", () => {
    const live = started();
    live.outbox.put(post());
    FakeSocket.last.greets("somebody else");
    expect(FakeSocket.last.said("post")).toEqual([]);
    expect(door.link).toHaveBeenLastCalledWith("signed_out");
    vi.advanceTimersByTime(60_000);
    expect(FakeSocket.all).toHaveLength(1);
  });

  it("says that the person is signed out, keeps the text, and does not come again", () => {
    const live = opened();
    live.outbox.put(post());
    FakeSocket.last.drops(4401);
    vi.advanceTimersByTime(60_000);
    expect(door.link).toHaveBeenLastCalledWith("signed_out");
    expect(live.outbox.waiting).toHaveLength(1);
    expect(FakeSocket.all).toHaveLength(1);
  });

  it("asks for nothing any more once it was stopped", async () => {
    answers({ frames: [] });
    const live = opened();
    door.snapshot.mockRejectedValueOnce(new Error());
    void live.refetch();
    FakeSocket.last.drops(4409);
    live.stop();
    live.hurry();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(door.snapshot).toHaveBeenCalledOnce();
    expect(FakeSocket.all).toHaveLength(1);
  });

  it("sends unacked posts again with their key after a break", () => {
    const live = opened();
    const frame = post();
    live.outbox.put(frame);
    FakeSocket.last.drops();
    vi.advanceTimersByTime(1_000);
    FakeSocket.last.greets();
    expect(FakeSocket.last.said("post")).toEqual([frame]);
    FakeSocket.last.hears({ t: "ack", key: frame.key, stream, epoch: "e", position: 41, id: "p1" });
    expect(door.acked).toHaveBeenCalledOnce();
  });
});

describe("where sockets do not open", () => {
  const blocked = async (): Promise<Live> => {
    const live = started();
    for (let failures = 0; failures < 3; failures += 1) {
      FakeSocket.last.drops();
      await vi.advanceTimersByTimeAsync(2_000);
    }
    return live;
  };

  it("reads the same frames by HTTP, each entry once", async () => {
    answers({ frames: [{ t: "entries", stream, epoch: "e", entries: [entry(41)], more: false }, { t: "live", stream, epoch: "e", position: 41 }] });
    await blocked();
    await vi.advanceTimersByTimeAsync(20_000);
    expect(vi.mocked(fetch).mock.calls[0]?.[0]).toBe("/streams/room%3Ax/entries?epoch=e&after=40");
    expect(vi.mocked(fetch).mock.calls.length).toBeGreaterThan(2);
    expect(applied).toEqual([41]);
    expect(door.link).toHaveBeenLastCalledWith("polling");
  });

  it("goes on saying that too many windows are open, while it reads by HTTP", async () => {
    answers({ frames: [] });
    opened();
    FakeSocket.last.drops(4409);
    await vi.advanceTimersByTimeAsync(20_000);
    expect(door.link).toHaveBeenLastCalledWith("elsewhere");
    expect(door.link.mock.calls.flat()).not.toContain("polling");
  });

  it("asks again where a request was held for ever, or broke off", async () => {
    vi.spyOn(AbortSignal, "timeout").mockImplementation((ms) => {
      const patience = new AbortController();
      setTimeout(() => { patience.abort(); }, ms);
      return patience.signal;
    });
    vi.stubGlobal("fetch", vi.fn((_address: string, { signal }: { signal: AbortSignal }) => new Promise((_resolve, reject) => {
      signal.addEventListener("abort", () => { reject(new Error()); });
    })));
    await blocked();
    answers(new ReadableStream({ start: (body) => { body.error(new Error()); } }));
    await vi.advanceTimersByTimeAsync(35_000);
    answers({ frames: [{ t: "entries", stream, epoch: "e", entries: [entry(41)], more: false }] });
    await vi.advanceTimersByTimeAsync(10_000);
    expect(applied).toEqual([41]);
  });

  it("sends by the form", async () => {
    answers({ frames: [] });
    const live = await blocked();
    const frame = post();
    live.outbox.put(frame);
    expect(door.sayByForm).toHaveBeenCalledExactlyOnceWith(frame, live.outbox);
  });

  it("stops when the socket opens after all", async () => {
    answers({ frames: [] });
    await blocked();
    FakeSocket.last.greets();
    const before = vi.mocked(fetch).mock.calls.length;
    await vi.advanceTimersByTimeAsync(30_000);
    expect(fetch).toHaveBeenCalledTimes(before);
    expect(door.link).toHaveBeenCalledWith("online");
  });

  it.each([
    [401, "signed_out"],
    [404, "no_access"],
  ] as const)("understands %i", async (status, link) => {
    answers({}, status);
    await blocked();
    expect(door.link.mock.calls.flat()).toContain(link);
  });
});
