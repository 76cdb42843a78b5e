import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { FakeSocket } from "../realtime/fake_socket";
import { ROOM, stub, told } from "./fake_page";
import { ack, area, begin, field, finish, open, room, send, shown, status, type } from "./fake_room";

beforeEach(begin);
afterEach(finish);

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

  it("leaves no trace in a held thread, sent or not", () => {
    type("Begun before it was held");
    open((page) => page.querySelector("#composer")?.setAttribute("data-keeps-nothing", ""));
    expect(area().value).toBe("Begun before it was held");
    expect(sessionStorage.length).toBe(0);
    expect(room.holdsTheOnlyCopy).toBe(true);
    send("Where we meet");
    expect(sessionStorage.length).toBe(0);
    expect(room.holdsTheOnlyCopy).toBe(true);
    open();
    type("Told to all");
    expect(sessionStorage.length).toBe(1);
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

describe("a thread that is held", () => {
  it("says at once who still reads it, and leaves what is typed", async () => {
    const held = ROOM.replace("9 read this", "Two read this");
    vi.mocked(fetch).mockImplementation(() => Promise.resolve(new Response(held)));
    type("Unfinished");
    FakeSocket.last.hears(told(41, { kind: "thread.moved" }));
    await vi.advanceTimersByTimeAsync(2_000);
    expect(document.querySelector("#composer-hint")?.textContent).toBe("Two read this");
    expect(area().value).toBe("Unfinished");
  });
});

describe("a thread that is closed", () => {
  const CLOSED = ROOM.replace(/<div data-region="composer">.*?<\/div>/s, '<div data-region="composer"><p>Closed.</p></div>');
  const moves = async (position: number, page: string): Promise<void> => {
    vi.mocked(fetch).mockImplementation(() => Promise.resolve(new Response(page)));
    FakeSocket.last.hears(told(position, { kind: "thread.moved" }));
    await vi.advanceTimersByTimeAsync(2_000);
  };

  it("has no text field, and one that works when it is opened again", async () => {
    await moves(41, CLOSED);
    expect(document.querySelector("textarea")).toBeNull();
    await moves(42, ROOM);
    send("Again");
    expect(FakeSocket.last.said("post")).toMatchObject([{ body: "Again" }]);
    expect(area().value).toBe("");
  });

  it("gives back what was on its way", async () => {
    const key = send("Too late");
    await moves(41, CLOSED);
    FakeSocket.last.hears({ t: "error", ref: key, code: "closed", retry: false, after_ms: null, field: null, text: "It is closed." });
    expect(area().value).toBe("Too late");
    expect(status()).toBe("It is closed.");
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

describe("a thread that went out of sight", () => {
  const answer = (room: number): void => {
    document.querySelector(".room-link")?.setAttribute("aria-current", "page");
    document.querySelector(".room-link")?.setAttribute("href", "/rooms/x/");
    const page = ROOM.replace('data-thread="t" data-read', "data-read").replace("Other", "Still here");
    vi.mocked(fetch).mockImplementation((address) => {
      const isRoom = address instanceof URL && address.pathname === "/rooms/x/";
      return Promise.resolve(new Response(page, { status: isRoom ? room : 404 }));
    });
    FakeSocket.last.hears({ ...stub(41, "", "thread.held"), thread: "t" });
  };

  it("leaves the screen; the text and the room stay", async () => {
    type("Half a sent");
    answer(200);
    await vi.advanceTimersByTimeAsync(3_000);
    expect(shown()).toEqual([]);
    expect(area().value).toBe("Half a sent");
    expect(document.querySelector(".connection")?.textContent).toBe("Looked after.");
    expect(document.querySelector(".thread-list")?.textContent).toContain("Still here");
    expect(FakeSocket.last.readyState).toBe(FakeSocket.OPEN);
    vi.mocked(fetch).mockImplementation(() => Promise.resolve(new Response(ROOM)));
    FakeSocket.last.hears({ t: "live", stream: "room:x", epoch: "e", position: 40 });
    FakeSocket.last.hears(told(41, { kind: "thread.released" }));
    await vi.advanceTimersByTimeAsync(3_000);
    expect(shown()).toEqual(["p40"]);
    expect(document.querySelector<HTMLElement>(".connection")?.hidden).toBe(true);
    expect(area().value).toBe("Half a sent");
  });

  it("takes the room along where that is closed too", async () => {
    answer(404);
    await vi.advanceTimersByTimeAsync(3_000);
    expect(shown()).toEqual([]);
    expect(document.querySelector(".connection")?.textContent).toBe("No access.");
    expect(FakeSocket.last.readyState).not.toBe(FakeSocket.OPEN);
  });
});
