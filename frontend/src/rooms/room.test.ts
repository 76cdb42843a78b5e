import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { FakeSocket, useFakeSockets } from "../realtime/fake_socket";
import { me, putRoom, ROOM, told } from "./fake_page";
import { Room } from "./room";

let log: HTMLElement;
let room: Room;

function open(): void {
  const page = putRoom();
  log = page.log;
  room = new Room(page.root, "ws://here/ws/");
  room.start();
  connect();
}

function connect(): void {
  FakeSocket.last.greets();
  FakeSocket.last.hears({ t: "live", stream: "room:x", epoch: "e", position: 40 });
}

const area = (): HTMLTextAreaElement => document.querySelector("textarea") as HTMLTextAreaElement;
const field = (name: string): HTMLInputElement => document.querySelector(`[name="${name}"]`) as HTMLInputElement;
const status = (): string | null | undefined => document.querySelector('[data-slot="status"]')?.textContent;
const rows = (): HTMLElement[] => [...log.querySelectorAll<HTMLElement>("[data-key]")].filter((row) => !row.hidden);
const shown = (): string[] => [...log.querySelectorAll<HTMLElement>("[data-post], [data-key]")].filter((row) => !row.hidden).map((row) => row.dataset.post ?? "row");
const words = (element: Element | undefined): string =>
  [...(element?.querySelectorAll<HTMLElement>("[data-when]") ?? [])].filter((part) => !part.hidden).map((part) => part.textContent).join(" ");
const posts = (): { key: string; body: string }[] => FakeSocket.last.said("post") as unknown as { key: string; body: string }[];

function type(text: string): void {
  area().value = text;
  area().dispatchEvent(new Event("input", { bubbles: true }));
}

function send(text: string): string {
  type(text);
  document.querySelector("form")?.dispatchEvent(new SubmitEvent("submit", { cancelable: true, bubbles: true }));
  return room.live.outbox.waiting.at(-1)?.key ?? "";
}

const ack = (key: string, id: string): void => {
  FakeSocket.last.hears({ t: "ack", key, stream: "room:x", epoch: "e", position: 41, id });
};

beforeEach(() => {
  vi.useFakeTimers();
  sessionStorage.clear();
  useFakeSockets();
  vi.stubGlobal("fetch", vi.fn(() => Promise.resolve(new Response(`<body>${ROOM.replace("Head", "Head anew")}</body>`))));
  open();
});
afterEach(() => {
  room.live.stop();
  vi.clearAllTimers();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

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
    rows()[0]?.querySelector("button")?.click();
    vi.advanceTimersByTime(1_100);
    connect();
    expect(posts().map((frame) => frame.key)).toEqual([key]);
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

describe("an unfinished text", () => {
  it("is there again after a reload", () => {
    type("Half a sent");
    open();
    expect(area().value).toBe("Half a sent");
    expect(status()).toBe("Your draft.");
  });

  it("leaves no trace when it is shielded or for the office only", () => {
    type("A secret");
    expect(sessionStorage.length).toBe(1);
    field("byline").value = "shielded";
    field("byline").dispatchEvent(new Event("input", { bubbles: true }));
    expect(sessionStorage.length).toBe(0);
    expect(room.holdsTheOnlyCopy).toBe(true);
    field("byline").value = "organisation";
    field("office_only").checked = true;
    type("A secret note");
    expect(sessionStorage.length).toBe(0);
  });

  it("is forgotten once it is sent", () => {
    ack(send("Whole sentence"), "p41");
    expect(sessionStorage.length).toBe(0);
  });
});

describe("typing", () => {
  it("is told every 3 s at most", () => {
    for (let second = 0; second < 7; second += 1) {
      type("a".repeat(second + 1));
      vi.advanceTimersByTime(1_000);
    }
    expect(FakeSocket.last.said("typing")).toHaveLength(3);
  });

  it("is not told of shielded texts and office notes", () => {
    field("byline").value = "shielded";
    type("a");
    field("byline").value = "organisation";
    field("office_only").checked = true;
    type("ab");
    expect(FakeSocket.last.said("typing")).toEqual([]);
  });

  it("of others is shown for some seconds, for this thread", () => {
    const typing = (id: string, thread = "t"): void => {
      FakeSocket.last.hears({ t: "typing", stream: "room:x", thread, who: { id, name: `Org ${id}` } });
    };
    const line = (): string => document.querySelector(".typing")?.textContent ?? "";
    typing("me");
    typing("c", "other");
    expect(line()).toBe("");
    typing("a");
    expect(line()).toBe("Org a is writing…");
    typing("b");
    expect(line()).toBe("Several people are writing…");
    vi.advanceTimersByTime(7_000);
    expect(line()).toBe("");
  });
});

describe("a change that only the server can word", () => {
  it("brings the parts of the page anew, and leaves the text alone", async () => {
    type("Half a sent");
    FakeSocket.last.hears(told(41, { kind: "thread.moved" }));
    await vi.advanceTimersByTimeAsync(2_000);
    expect(document.querySelector(".thread__head")?.textContent).toBe("Head anew");
    expect(area().value).toBe("Half a sent");
  });

  it("keeps posts that are newer than the answer", async () => {
    FakeSocket.last.hears(told(41, { kind: "thread.moved" }));
    FakeSocket.last.hears(told(42));
    await vi.advanceTimersByTimeAsync(2_000);
    expect(shown()).toEqual(["p40", "p42"]);
  });
});

describe("a page that lost its place", () => {
  it("shows the server's page, and still what is under way", async () => {
    FakeSocket.last.hears(told(41));
    send("Hello");
    FakeSocket.last.hears({ t: "reset", stream: "room:x", epoch: "e", position: 40, reason: "too_far_behind" });
    await vi.advanceTimersByTimeAsync(0);
    expect(shown()).toEqual(["p40", "row"]);
    expect(FakeSocket.last.said("subscribe").at(-2)).toMatchObject({ stream: "room:x", epoch: "e", since: 40 });
  });
});
