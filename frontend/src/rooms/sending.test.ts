import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { FakeSocket } from "../realtime/fake_socket";
import { me, told } from "./fake_page";
import { ack, area, begin, connect, field, finish, log, open, room, rows, send, shown, status, type } from "./fake_room";

const words = (element: Element | undefined): string =>
  [...(element?.querySelectorAll<HTMLElement>("[data-when]") ?? [])].filter((part) => !part.hidden).map((part) => part.textContent).join(" ");
const posts = (): { key: string; body: string }[] => FakeSocket.last.said("post") as unknown as { key: string; body: string }[];

beforeEach(begin);
afterEach(finish);

describe("sending a post", () => {
  it("shows it at once, as sending, and empties the field", () => {
    send("Hello");
    expect(area().value).toBe("");
    expect(rows()[0]?.textContent).toContain("Hello");
    expect(words(rows()[0])).toBe("Sending…");
    expect(FakeSocket.last.said("post")).toMatchObject([{ thread: "t", stream: "room:x", body: "Hello", byline: "organisation", lang: "ru" }]);
  });

  it("shows it once when the ack comes first", () => {
    const key = send("Hello");
    ack(key, "p41");
    expect(words(rows()[0])).toBe("Sent");
    FakeSocket.last.hears(told(41, { by: me }));
    expect(shown()).toEqual(["p40", "p41"]);
  });

  it("shows it once when the entry comes first", () => {
    const key = send("Hello");
    FakeSocket.last.hears(told(41, { by: me }));
    expect(shown()).toEqual(["p40", "p41"]);
    ack(key, "p41");
    expect(shown()).toEqual(["p40", "p41"]);
    expect(status()).toBe("Sent");
  });

  it("does not mistake a post from another tab for it", () => {
    const key = send("Hello");
    FakeSocket.last.hears(told(41, { by: me, post: "tab" }));
    ack(key, "p42");
    expect(shown()).toEqual(["p40", "tab", "row"]);
    FakeSocket.last.hears(told(42, { by: me }));
    expect(shown()).toEqual(["p40", "tab", "p42"]);
  });

  it("says after 5 s that it is not sent, and sends the same key when asked", () => {
    FakeSocket.last.drops();
    const key = send("Hello");
    vi.advanceTimersByTime(5_100);
    expect(words(rows()[0])).toContain("Not sent.");
    expect(status()).toBe("Not sent. Kept.");
    rows()[0]?.querySelector("button")?.focus();
    rows()[0]?.querySelector("button")?.click();
    expect(document.activeElement).toBe(log);
    vi.advanceTimersByTime(1_100);
    connect();
    expect(posts().map((frame) => frame.key)).toEqual([key]);
  });

  it("lets a text be taken back that never left, and no other", () => {
    const back = (): HTMLElement => rows()[0]?.querySelector('[data-does="take-back"]') as HTMLElement;
    send("Left");
    vi.advanceTimersByTime(5_100);
    expect(back().hidden).toBe(true);
    open();
    FakeSocket.last.drops();
    sessionStorage.clear();
    send("Stayed");
    vi.advanceTimersByTime(5_100);
    const stayed = rows().find((row) => row.textContent.includes("Stayed"));
    stayed?.querySelector<HTMLElement>('[data-does="take-back"]')?.click();
    expect(area().value).toBe("Stayed");
    expect(document.activeElement).toBe(area());
    expect(room.live.outbox.waiting.map((frame) => (frame as { body?: string }).body)).toEqual(["Left"]);
  });

  it("gives the text back, before what was begun since, with the reason", () => {
    const key = send("First");
    type("Second");
    FakeSocket.last.hears({ t: "error", ref: key, code: "closed", retry: false, after_ms: null, field: null, text: "This thread is closed." });
    expect(area().value).toBe("First\n\nSecond");
    expect(status()).toBe("This thread is closed.");
    expect(rows()).toEqual([]);
  });

  it("survives a reload while it is under way", () => {
    const key = send("Hello");
    open();
    expect(posts().map((frame) => frame.key)).toEqual([key]);
    expect(rows()).toHaveLength(1);
  });

  it.each([{ ctrlKey: true }, { metaKey: true }])("goes by the keyboard: Enter with %o", (held) => {
    type("Hello");
    const plain = new KeyboardEvent("keydown", { key: "Enter", cancelable: true });
    area().dispatchEvent(plain);
    expect(plain.defaultPrevented).toBe(false);
    expect(posts()).toEqual([]);
    area().dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", cancelable: true, ...held }));
    expect(posts()).toHaveLength(1);
  });

  it("sends nothing of nothing", () => {
    send("  \n ");
    expect(posts()).toEqual([]);
  });

  it("answers another post, and forgets that afterwards", () => {
    const answer = document.createElement("a");
    answer.dataset.does = "reply";
    log.querySelector("[data-post]")?.append(answer);
    answer.click();
    expect(document.querySelector('[data-slot="replying-to"]')?.textContent).toBe("Qorgau: The first words");
    send("Yes");
    expect(posts()).toMatchObject([{ reply_to: "p40" }]);
    expect(field("reply_to").value).toBe("");
  });
});

