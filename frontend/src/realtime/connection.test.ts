import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { Connection } from "./connection";
import type { ConnectionDoor } from "./connection";
import { FakeSocket, useFakeSockets } from "./fake_socket";

const door = { opened: vi.fn(), heard: vi.fn(), lost: vi.fn(), ended: vi.fn() } satisfies ConnectionDoor;

function started(random = 1): Connection {
  const connection = new Connection("ws://here/ws/", door, () => random);
  connection.start();
  return connection;
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.resetAllMocks();
  useFakeSockets();
});
afterEach(() => {
  vi.clearAllTimers();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe("a connection", () => {
  it("speaks dialogue.v1 and is open once it was greeted", () => {
    const connection = started();
    expect(FakeSocket.last.protocols).toEqual(["dialogue.v1"]);
    expect(connection.send({ t: "beat" })).toBe(false);
    FakeSocket.last.greets();
    expect(connection.isOpen).toBe(true);
    expect(connection.send({ t: "beat" })).toBe(true);
    expect(door.opened).toHaveBeenCalledOnce();
  });

  it("beats at least every 20 seconds", () => {
    started();
    FakeSocket.last.greets();
    for (let second = 0; second < 45; second += 5) {
      FakeSocket.last.hears({ t: "beat", heads: {} });
      vi.advanceTimersByTime(5_000);
    }
    expect(FakeSocket.last.said("beat").length).toBeGreaterThanOrEqual(2);
  });

  it("takes long silence for a dead link", () => {
    started();
    FakeSocket.last.greets();
    vi.advanceTimersByTime(49_000);
    expect(FakeSocket.all).toHaveLength(1);
    vi.advanceTimersByTime(3_000);
    expect(FakeSocket.all).toHaveLength(2);
  });

  it("gives up on a socket that never opens", () => {
    started();
    vi.advanceTimersByTime(15_000);
    expect(door.lost).toHaveBeenCalledWith(1);
  });

  it("comes again after 0–1 s, then after more and more", () => {
    started();
    const waits: number[] = [];
    for (let round = 0; round < 4; round += 1) {
      const before = FakeSocket.all.length;
      FakeSocket.last.drops();
      let waited = 0;
      while (FakeSocket.all.length === before) {
        vi.advanceTimersByTime(100);
        waited += 100;
      }
      waits.push(waited);
    }
    expect(waits).toEqual([1_000, 1_000, 2_000, 4_000]);
  });

  it("starts anew with short waits after a socket that lived", () => {
    started();
    for (let round = 0; round < 5; round += 1) {
      FakeSocket.last.drops();
      vi.advanceTimersByTime(30_000);
    }
    FakeSocket.last.greets();
    vi.advanceTimersByTime(10_000);
    const before = FakeSocket.all.length;
    FakeSocket.last.drops();
    vi.advanceTimersByTime(1_000);
    expect(FakeSocket.all).toHaveLength(before + 1);
  });

  it("does not storm a server that greets and drops", () => {
    started();
    for (let second = 0; second < 60; second += 1) {
      if (FakeSocket.last.readyState === 0) {
        FakeSocket.last.greets();
        FakeSocket.last.drops(4500);
      }
      vi.advanceTimersByTime(1_000);
    }
    expect(FakeSocket.all.length).toBeLessThan(10);
  });

  it("waits as long as a bye asks for, and not for less when hurried", () => {
    const connection = started(0);
    FakeSocket.last.greets();
    FakeSocket.last.hears({ t: "bye", retry_in_ms: 9_000, reason: "restart" });
    FakeSocket.last.drops(1012);
    connection.hurry();
    vi.advanceTimersByTime(8_900);
    expect(FakeSocket.all).toHaveLength(1);
    vi.advanceTimersByTime(200);
    expect(FakeSocket.all).toHaveLength(2);
  });

  it("waits long after 4429, however often somebody looks at the page", () => {
    const connection = started(0);
    FakeSocket.last.greets();
    FakeSocket.last.drops(4429);
    connection.hurry();
    vi.advanceTimersByTime(29_000);
    expect(FakeSocket.all).toHaveLength(1);
    vi.advanceTimersByTime(2_000);
    expect(FakeSocket.all).toHaveLength(2);
  });

  it.each([
    [4401, "signed_out"],
    [4403, "no_access"],
    [4409, "elsewhere"],
  ] as const)("stops at %i", (code, end) => {
    started();
    FakeSocket.last.greets();
    FakeSocket.last.drops(code);
    vi.advanceTimersByTime(120_000);
    expect(door.ended).toHaveBeenCalledWith(end);
    expect(FakeSocket.all).toHaveLength(1);
  });

  it("hurries when the link is back", () => {
    const connection = started();
    for (let round = 0; round < 6; round += 1) {
      FakeSocket.last.drops();
      vi.advanceTimersByTime(30_000);
    }
    const before = FakeSocket.all.length;
    FakeSocket.last.drops();
    connection.hurry();
    vi.advanceTimersByTime(1_000);
    expect(FakeSocket.all).toHaveLength(before + 1);
  });

  it("leaves a link that the browser calls down, and passes by frames it does not know", () => {
    const connection = started();
    FakeSocket.last.greets();
    FakeSocket.last.hears({ t: "shout", at: "all" });
    expect(door.heard).not.toHaveBeenCalled();
    connection.drop();
    expect(connection.isOpen).toBe(false);
    expect(door.lost).toHaveBeenCalledWith(0);
  });
});
