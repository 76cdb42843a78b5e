import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { Bursts } from "./bursts";
import { putRoom, stub, told } from "./fake_page";
import { LinkWords } from "./link_words";
import { showPost } from "./posts";
import { Reading } from "./reading";
import { Scrolling } from "./scrolling";
import { Unread } from "./unread";

let isHidden = false;

beforeEach(() => {
  vi.useFakeTimers();
  isHidden = false;
  vi.spyOn(document, "hidden", "get").mockImplementation(() => isHidden);
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.clearAllTimers();
  vi.useRealTimers();
});

describe("marking as read", () => {
  let position = 41;
  let isInView = true;
  const door = { isInView: () => isInView, position: () => position, say: vi.fn(() => true), marked: vi.fn() };
  const look = (reading: Reading): void => {
    reading.look();
    vi.advanceTimersByTime(1_000);
  };

  beforeEach(() => {
    vi.clearAllMocks();
    position = 41;
    isInView = true;
  });

  it("tells how far, once", () => {
    const reading = new Reading("room:x", "t", 40, door);
    look(reading);
    look(reading);
    expect(door.say).toHaveBeenCalledExactlyOnceWith({ t: "read", stream: "room:x", thread: "t", position: 41 });
    expect(door.marked).toHaveBeenCalledOnce();
  });

  it("tells nothing that nobody saw", () => {
    const reading = new Reading("room:x", "t", 40, door);
    isInView = false;
    look(reading);
    isInView = true;
    isHidden = true;
    look(reading);
    expect(door.say).not.toHaveBeenCalled();
    isHidden = false;
    document.dispatchEvent(new Event("visibilitychange"));
    vi.advanceTimersByTime(1_000);
    expect(door.say).toHaveBeenCalledOnce();
  });

  it("tries again what could not be told", () => {
    const reading = new Reading("room:x", "t", 40, door);
    door.say.mockReturnValueOnce(false);
    look(reading);
    look(reading);
    expect(door.marked).toHaveBeenCalledOnce();
  });
});

describe("while nobody looks", () => {
  it("the title counts, and a line says where the new begins", () => {
    const { log, page } = putRoom();
    const unread = new Unread("x");
    isHidden = true;
    for (const position of [41, 42]) unread.arrived(showPost(log, page, told(position)) as HTMLElement);
    expect(document.title).toBe("(2) Room");
    expect(log.querySelectorAll(".log__new")).toHaveLength(1);
    expect(log.querySelector(".log__new")?.nextElementSibling?.id).toBe("post-p41");
    isHidden = false;
    document.dispatchEvent(new Event("visibilitychange"));
    expect(document.title).toBe("Room");
  });

  it("the room's figure goes up, and down to nothing", () => {
    const { log, page } = putRoom();
    const count = document.querySelector<HTMLElement>('.room-link [data-slot="unread"]');
    const unread = new Unread("x");
    unread.arrivedElsewhere();
    for (const position of [41, 42]) unread.arrived(showPost(log, page, told(position)) as HTMLElement);
    expect(count?.textContent).toBe("3 unread");
    expect(count?.hidden).toBe(false);
    unread.wasRead();
    expect(count?.textContent).toBe("1 unread");
    new Unread("another").arrivedElsewhere();
  });

  it("what is no longer told, and office notes, are counted in no figure", () => {
    const { log, page } = putRoom();
    const unread = new Unread("x");
    for (const entry of [stub(41, "p41", "post.added"), told(8, { post: "n8", facts: { office_note: true } })]) {
      unread.arrived(showPost(log, page, entry) as HTMLElement);
    }
    expect(document.querySelector<HTMLElement>('.room-link [data-slot="unread"]')?.hidden).toBe(true);
  });

  it("what the page was drawn with counts as read, too", () => {
    const { log, page } = putRoom();
    const unread = new Unread("x");
    for (const position of [41, 42]) showPost(log, page, told(position));
    unread.begin(log, 41);
    unread.arrivedElsewhere();
    unread.wasRead();
    expect(document.querySelector<HTMLElement>('.room-link [data-slot="unread"]')?.hidden).toBe(true);
  });
});

describe("the place in the log", () => {
  const scroller = (top: number): { log: HTMLElement; scrolling: Scrolling } => {
    const { log } = putRoom();
    Object.defineProperties(log, {
      scrollHeight: { get: () => 1_000 + log.querySelectorAll(".post").length },
      clientHeight: { value: 400 },
    });
    log.scrollTop = top;
    return { log, scrolling: new Scrolling(log, () => undefined) };
  };

  it("follows the end for whoever is there", () => {
    const { log, scrolling } = scroller(601);
    scrolling.keeping(() => { log.append(document.createElement("p")); });
    expect(log.scrollTop).toBe(1_001);
  });

  it("stays where it is for everybody else, who are offered a way down", () => {
    const { log, scrolling } = scroller(100);
    scrolling.keeping(() => { log.append(document.createElement("p")); });
    scrolling.offerJump();
    scrolling.offerJump();
    expect(log.scrollTop).toBe(100);
    expect(document.querySelectorAll(".log__jump")).toHaveLength(1);
    document.querySelector<HTMLElement>(".log__jump")?.click();
    expect(log.scrollTop).toBe(1_001);
    expect(document.querySelector(".log__jump")).toBeNull();
  });
});

describe("words about the connection", () => {
  const shown = (): string => {
    const place = document.querySelector<HTMLElement>(".connection");
    return place?.hidden ? "" : (place?.textContent ?? "");
  };
  const words = (): LinkWords => {
    putRoom();
    return new LinkWords(document.querySelector(".connection"));
  };

  it("come after 5 s, and go after the good news", () => {
    const link = words();
    link.show("offline");
    vi.advanceTimersByTime(4_900);
    expect(shown()).toBe("");
    vi.advanceTimersByTime(200);
    expect(shown()).toBe("No connection.");
    link.show("online");
    expect(shown()).toBe("Back.");
    vi.advanceTimersByTime(5_000);
    expect(shown()).toBe("");
  });

  it("are not wasted on what heals by itself", () => {
    const link = words();
    link.show("offline");
    vi.advanceTimersByTime(4_000);
    link.show("online");
    vi.advanceTimersByTime(10_000);
    expect(shown()).toBe("");
  });

  it.each([
    ["signed_out", "Signed out."],
    ["no_access", "No access."],
  ] as const)("stay at the end: %s", (end, sentence) => {
    const link = words();
    link.show(end);
    link.show("offline");
    vi.advanceTimersByTime(10_000);
    expect(shown()).toBe(sentence);
  });

  it("offer the way back to whoever was signed out, and to nobody else", () => {
    for (const end of ["no_access", "signed_out"] as const) {
      words().show(end);
      expect(document.querySelector<HTMLElement>('[data-slot="sign-in"]')?.hidden).toBe(end === "no_access");
    }
  });
});

describe("words about a thread out of sight", () => {
  const line = (): HTMLElement => document.querySelector(".connection") as HTMLElement;

  it("stay whatever the link does, and go with the reason", () => {
    putRoom();
    const link = new LinkWords(line());
    link.threadIsGone(true);
    link.show("polling");
    link.show("online");
    expect(line().textContent).toBe("Looked after.");
    link.threadIsGone(false);
    expect(line().hidden).toBe(true);
    link.show("online");
    expect(line().hidden).toBe(true);
  });

  it("give way to the end", () => {
    putRoom();
    const link = new LinkWords(line());
    link.threadIsGone(true);
    link.show("signed_out");
    link.threadIsGone(false);
    expect(line().textContent).toBe("Signed out.");
    expect(line().hidden).toBe(false);
  });
});

describe("what a screen reader hears", () => {
  const arrive = (bursts: Bursts, count: number, isLive = true): void => {
    for (let post = 0; post < count; post += 1) bursts.arriving(isLive);
  };

  it.each([
    [3, true, null],
    [4, true, "true"],
    [1, false, "true"],
  ] as const)("of %i posts at once (live: %s)", (count, isLive, busy) => {
    const { log } = putRoom();
    arrive(new Bursts(log), count, isLive);
    expect(log.getAttribute("aria-busy")).toBe(busy);
    vi.advanceTimersByTime(2_100);
    expect(log.getAttribute("aria-busy")).toBeNull();
  });

  it("is each post again when it is calm", () => {
    const { log } = putRoom();
    const bursts = new Bursts(log);
    arrive(bursts, 9);
    vi.advanceTimersByTime(6_000);
    arrive(bursts, 1);
    expect(log.getAttribute("aria-busy")).toBeNull();
  });
});
