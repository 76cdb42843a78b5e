import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { Outbox } from "../realtime/outbox";
import type { KeyedFrame, OutboxDoor } from "../realtime/outbox";
import { putRoom, ROOM } from "./fake_page";
import { sendByForm } from "./form_sending";

const post: KeyedFrame = { t: "post", key: "k", stream: "room:x", thread: "t", body: "Hello", byline: "named" };
const door = { say: vi.fn(() => true), shown: vi.fn(), acked: vi.fn(), refused: vi.fn() } satisfies OutboxDoor;
let outbox: Outbox;

function answers(html: string, status = 200): void {
  vi.stubGlobal("fetch", vi.fn(() => Promise.resolve(new Response(html, { status }))));
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.clearAllMocks();
  putRoom();
  outbox = new Outbox(door, { load: () => [], save: () => undefined });
  outbox.put(post);
});
afterEach(() => {
  vi.clearAllTimers();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe("a post sent by the form", () => {
  it("goes with its key, and is acked by the page that shows it", async () => {
    answers(ROOM);
    await sendByForm(post, outbox);
    const [address, { body }] = vi.mocked(fetch).mock.calls[0] as [string, { body: URLSearchParams }];
    expect(address).toBe("/threads/t/posts/");
    expect(Object.fromEntries(body)).toMatchObject({ key: "k", body: "Hello", byline: "named" });
    expect(door.acked).toHaveBeenCalledWith(post, null);
    expect(outbox.waiting).toEqual([]);
  });

  it("is not taken for sent where the answer is the page for signing in", async () => {
    answers('<main><form action="/accounts/login/"></form></main>');
    await sendByForm(post, outbox);
    expect(door.acked).not.toHaveBeenCalled();
    expect(outbox.waiting).toEqual([post]);
  });

  it.each([
    [422, '<p class="notice" role="alert">Elsewhere</p><form class="composer"><div role="alert">Too <b>long</b></div></form>', "Too long"],
    [404, '<div class="refused"><h1>No</h1><p class="lead">It is not there.</p></div>', "It is not there."],
  ])("comes back with the reason of a %i", async (status, html, reason) => {
    answers(html, status);
    await sendByForm(post, outbox);
    expect(door.refused).toHaveBeenCalledWith(post, expect.objectContaining({ text: reason }));
  });

  it("stays where the server or the link is in trouble", async () => {
    answers("", 503);
    await sendByForm(post, outbox);
    vi.stubGlobal("fetch", vi.fn(() => Promise.reject(new TypeError())));
    await sendByForm(post, outbox);
    expect(outbox.waiting).toEqual([post]);
  });
});
