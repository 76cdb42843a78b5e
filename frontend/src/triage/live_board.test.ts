import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { FakeSocket, useFakeSockets } from "../realtime/fake_socket";
import type { FakeBoard } from "./fake_board";
import { boardPage, focused, putBoard } from "./fake_board";
import { LiveBoard } from "./live_board";
import { Tickets } from "./tickets";

const FIRST: FakeBoard = { columns: [[{ id: "a", verbs: ["ask"] }, { id: "b" }], []] };
const MOVED: FakeBoard = { columns: [[{ id: "b" }], [{ id: "a", verbs: ["ask"] }]], position: 8, count: 5 };

let root: HTMLElement;
let asked: string[];
let answers: (string | number)[];

function entry(position: number, kind: string, stream = "room:x"): Record<string, unknown> {
  return { t: "entry", stream, epoch: "e", position, kind, at: "2026-11-23T07:09:00Z", facts: {}, thread: "a" };
}

const settle = (): Promise<unknown> => vi.advanceTimersByTimeAsync(400);
const announced = (): string => document.getElementById("announcements")?.textContent ?? "";
const ids = (): (string | undefined)[] => [...document.querySelectorAll<HTMLElement>("[data-ticket]")].map((each) => each.dataset.ticket);

beforeEach(() => {
  vi.useFakeTimers();
  sessionStorage.clear();
  useFakeSockets();
  [asked, answers] = [[], []];
  vi.stubGlobal("fetch", (url: URL | string) => {
    asked.push(String(url));
    const answer = answers.length > 1 ? answers.shift() : answers[0];
    const page = typeof answer === "string" ? new Response(answer) : new Response("", { status: answer ?? 500 });
    return Promise.resolve(page);
  });
  root = putBoard(FIRST);
  new LiveBoard(root, new Tickets(root), "ws://x/ws/").start();
  FakeSocket.last.greets();
  for (const stream of ["room:x", "room:x:office"]) {
    FakeSocket.last.hears({ t: "live", stream, epoch: "e", position: stream === "room:x" ? 7 : 3 });
  }
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe("the board", () => {
  it("follows every room from where it was drawn", () => {
    const told = FakeSocket.last.said("subscribe").map(({ stream, epoch, since }) => [stream, epoch, since]);
    expect(told).toEqual([["room:x", "e", 7], ["room:x:office", "e", 3]]);
  });

  it("is drawn anew when a thread moved, once for a burst", async () => {
    answers = [boardPage({ ...MOVED, position: 9 })];
    FakeSocket.last.hears(entry(8, "thread.moved"));
    FakeSocket.last.hears(entry(9, "carriage.updated"));
    await settle();
    expect(asked).toHaveLength(1);
    expect(ids()).toEqual(["b", "a"]);
    expect(announced()).toBe("The board has changed.");
    expect(document.querySelector(".top__nav .count")?.textContent).toBe("5");
  });

  it("stays as it is for posts", async () => {
    FakeSocket.last.hears(entry(8, "post.added"));
    await settle();
    expect(asked).toEqual([]);
  });

  it("keeps the focus and the mark on a ticket that moved", async () => {
    root.querySelector<HTMLElement>('[data-ticket="a"] .ticket__title a')?.focus();
    answers = [boardPage(MOVED)];
    FakeSocket.last.hears(entry(8, "thread.moved"));
    await settle();
    expect(focused()).toBe("a");
    expect(root.querySelector(".is-selected")?.getAttribute("data-ticket")).toBe("a");
  });

  it("keeps a menu open in which somebody chooses", async () => {
    const menu = root.querySelector("details") as HTMLDetailsElement;
    menu.open = true;
    root.querySelector<HTMLElement>('[data-verb="ask"]')?.focus();
    answers = [boardPage(MOVED)];
    FakeSocket.last.hears(entry(8, "thread.moved"));
    await settle();
    expect((document.activeElement as HTMLElement).dataset.verb).toBe("ask");
    expect(document.activeElement?.closest("details")?.open).toBe(true);
  });

  it("goes to the neighbour when the ticket is gone", async () => {
    root.querySelector<HTMLElement>('[data-ticket="a"] .ticket__title a')?.focus();
    answers = [boardPage({ columns: [[{ id: "b" }], []], position: 8 })];
    FakeSocket.last.hears(entry(8, "thread.held"));
    await settle();
    expect(focused()).toBe("b");
  });

  it("says nothing when only clocks went on", async () => {
    answers = [boardPage({ ...FIRST, position: 8 })];
    FakeSocket.last.hears(entry(8, "thread.acknowledged"));
    await settle();
    expect(asked).toHaveLength(1);
    expect(announced()).toBe("");
  });

  it("asks again for an answer that was older than what it heard", async () => {
    answers = [boardPage({ ...FIRST, position: 7 }), boardPage(MOVED)];
    FakeSocket.last.hears(entry(8, "thread.moved"));
    await settle();
    expect(asked).toHaveLength(2);
    expect(ids()).toEqual(["b", "a"]);
  });

  it("starts from a new page after a reset", async () => {
    answers = [boardPage({ ...MOVED, position: 90 })];
    FakeSocket.last.hears({ t: "reset", stream: "room:x", epoch: "e", position: 90, reason: "too_far_behind" });
    await settle();
    expect(ids()).toEqual(["b", "a"]);
    expect(FakeSocket.last.said("subscribe").at(-2)).toMatchObject({ stream: "room:x", since: 90 });
  });

  it("tries again after a failure, and shows nothing once it is not theirs", async () => {
    answers = [500, 404];
    FakeSocket.last.hears(entry(8, "thread.moved"));
    await vi.advanceTimersByTimeAsync(20_000);
    expect(ids()).toEqual([]);
    expect(root.querySelector<HTMLElement>('[data-slot="over"]')?.hidden).toBe(false);
    expect(root.querySelector<HTMLElement>('[data-slot="offline"]')?.hidden).toBe(true);
    const count = asked.length;
    await vi.advanceTimersByTimeAsync(200_000);
    expect(asked).toHaveLength(count);
  });

  it("offers the way back in, and nothing else, once somebody is signed out", () => {
    FakeSocket.last.drops(4401);
    const slot = (name: string): HTMLElement | null => root.querySelector(`[data-slot="${name}"]`);
    expect(ids()).toEqual([]);
    expect(slot("signed-out")?.hidden).toBe(false);
    expect(slot("over")?.hidden).toBe(true);
    expect(document.activeElement?.textContent).toBe("Sign in");
  });

  it("lets the clocks run without anybody doing anything", async () => {
    answers = [boardPage(FIRST)];
    await vi.advanceTimersByTimeAsync(61_000);
    expect(asked).toHaveLength(1);
  });

  it("says that the link is down", () => {
    const notice = root.querySelector<HTMLElement>('[data-slot="offline"]') as HTMLElement;
    expect(notice.hidden).toBe(true);
    FakeSocket.last.drops();
    expect(notice.hidden).toBe(false);
  });
});
