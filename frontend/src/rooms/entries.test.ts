import { beforeEach, describe, expect, it, vi } from "vitest";

import type { EntryFrame } from "../realtime/wire";
import { applyEntry } from "./entries";
import type { EntriesDoor } from "./entries";
import { me, putRoom, stub, told } from "./fake_page";
import type { RoomPage } from "./page";

let page: RoomPage;
let log: HTMLElement;
const door = {
  postAdded: vi.fn(),
  postShown: vi.fn(),
  unreadElsewhere: vi.fn(),
  changed: vi.fn(),
  keepingScroll: (change: () => void) => {
    change();
  },
} satisfies EntriesDoor;

const apply = (...entries: EntryFrame[]): void => {
  for (const entry of entries) applyEntry(page, log, entry, true, door);
};
const order = (): (string | undefined)[] => [...log.querySelectorAll<HTMLElement>("[data-post]")].map((post) => post.dataset.post);
const post = (id: string): HTMLElement => log.querySelector(`[data-post="${id}"]`) as HTMLElement;
const slot = (id: string, name: string): string | undefined => post(id).querySelector(`[data-slot="${name}"]`)?.textContent;
const card = (id: string): HTMLElement | null => document.querySelector(`[data-thread="${id}"].thread-card`);

beforeEach(() => {
  vi.clearAllMocks();
  ({ page, log } = putRoom());
});

describe("a post", () => {
  it("is shown once, however often it is told", () => {
    const entry = told(41);
    apply(entry, entry, { ...entry, position: 43, kind: "post.edited" });
    expect(order()).toEqual(["p40", "p41"]);
    expect(door.postAdded).toHaveBeenCalledOnce();
    expect(slot("p41", "body")).toBe("Words of p41");
    expect(post("p41").id).toBe("post-p41");
    expect(post("p41").querySelector<HTMLElement>('[data-slot="body"]')?.lang).toBe("kk");
  });

  it("tells its time in the zone of the page", () => {
    apply(told(41));
    expect(slot("p41", "time")).toBe("12:09");
  });

  it("begins a new day where one begins there", () => {
    apply(told(41), told(42, { at: "2026-11-23T19:30:00Z" }));
    expect([...log.querySelectorAll<HTMLElement>(".log__day")].map(({ dataset }) => dataset.day)).toEqual(["2026-11-23", "2026-11-24"]);
    expect(post("p42").previousElementSibling?.textContent).toContain("24 November");
  });

  it("speaks for the organisation, and shows the person only where the frame does", () => {
    apply(told(41), told(42, { by: me }), told(43, { by: { byline: "organisation", organisation: "The Center", name: "A. S.", mine: false } }));
    expect([slot("p41", "author"), slot("p41", "organisation"), slot("p41", "initials")]).toEqual(["Qorgau Centre", undefined, "QC"]);
    apply(told(44, { by: { byline: "named", organisation: "Qorgau Centre", name: "Aigul T.", mine: false } }));
    expect([slot("p44", "author"), slot("p44", "organisation"), slot("p44", "initials")]).toEqual(["Aigul T.", "Qorgau Centre", "AT"]);
    expect([slot("p43", "author"), slot("p43", "organisation")]).toEqual(["The Center", "A. S."]);
    expect([slot("p42", "author"), slot("p42", "organisation")]).toEqual(["Legal Aid", undefined]);
    expect(post("p42").matches(".post--mine") && post("p42").querySelector('[href="/posts/p42/edit/"]')).toBeTruthy();
    expect(post("p41").querySelector('[href="/posts/p41/edit/"]')).toBeNull();
    expect(post("p43").matches(".post--office")).toBe(true);
  });

  it("of a shielded author names nobody", () => {
    apply(told(41, { by: { byline: "shielded", mine: false } }));
    expect(slot("p41", "author")).toBe("A member organisation of this room");
    expect(post("p41").querySelector(".avatar--shield")).not.toBeNull();
    expect(post("p41").querySelector('[data-slot="initials"], [data-slot="pseudonym"]')).toBeNull();
  });

  it("quotes what it answers", () => {
    apply(told(41, { facts: { reply_to: "p40" } }), told(42, { facts: { reply_to: "gone" } }));
    expect(slot("p41", "reply")).toBe("Qorgau: The first words");
    expect(post("p41").querySelector('[data-slot="reply"]')?.getAttribute("href")).toBe("#post-p40");
    expect(post("p42").querySelector('[data-slot="reply"]')).toBeNull();
  });
});

describe("an edit", () => {
  it("changes the text in place and never goes back to an older one", () => {
    apply(told(41), told(42), told(43, { kind: "post.edited", post: "p41", version: 3, html: "<p>Better</p>" }));
    apply(told(44, { kind: "post.edited", post: "p41", version: 2, html: "<p>Late</p>" }), told(41));
    expect(order()).toEqual(["p40", "p41", "p42"]);
    expect(slot("p41", "body")).toBe("Better");
    expect(post("p41").querySelector('[href="/posts/p41/revisions/"]')).not.toBeNull();
  });

  it("of a post this page does not hold is passed by", () => {
    apply(told(43, { kind: "post.edited", post: "old", version: 2 }));
    expect(order()).toEqual(["p40"]);
  });
});

describe("a withdrawal", () => {
  it("leaves a marker in place, for good", () => {
    apply(told(41), told(42), stub(43, "p41"));
    apply(told(44, { kind: "post.edited", post: "p41", version: 9 }));
    expect(order()).toEqual(["p40", "p41", "p42"]);
    expect(post("p41").textContent).toContain("withdrew");
    expect(post("p41").textContent).not.toContain("Words");
  });

  it("is a marker also for whoever comes later", () => {
    apply(stub(41, "p41", "post.added"), stub(42, "p41"));
    expect(order()).toEqual(["p40", "p41"]);
    expect(door.unreadElsewhere).not.toHaveBeenCalled();
  });
});

describe("an office note", () => {
  it("stands behind the room's post it was made after", () => {
    apply(told(41), told(42), { ...told(8, { post: "n8", facts: { office_note: true, after: 41 } }), stream: "room:x:office" });
    expect(order()).toEqual(["p40", "p41", "n8", "p42"]);
    expect(post("n8").matches(".post--note")).toBe(true);
  });

  it("in another thread makes nothing unread", () => {
    apply({ ...told(8, { post: "n8", thread: "other", facts: { office_note: true } }), stream: "room:x:office" });
    expect(card("other")?.matches(".is-unread")).toBe(false);
    expect(door.unreadElsewhere).not.toHaveBeenCalled();
  });
});

describe("reactions", () => {
  it("show the server's counts and one's own sign", () => {
    apply(told(41), told(42, { kind: "post.reacted", post: "p41", by: { byline: "organisation", mine: true }, facts: { reactions: { thanks: 2 }, sign: "thanks", on: true } }));
    const sign = post("p41").querySelector(".reaction");
    expect(sign?.textContent).toBe("2");
    expect(sign?.getAttribute("aria-pressed")).toBe("true");
    expect(sign?.closest("li")?.hidden).toBe(false);
    apply(told(43, { kind: "post.edited", post: "p41", version: 2, facts: { reactions: { thanks: 2 } } }));
    expect(post("p41").querySelector(".reaction")?.getAttribute("aria-pressed")).toBe("true");
    apply(told(44, { kind: "post.reacted", post: "p41", facts: { reactions: {}, sign: "thanks", on: false } }));
    expect(post("p41").querySelector("li")?.hidden).toBe(true);
  });
});

describe("the list of concerns", () => {
  const raised = told(41, { kind: "thread.raised", thread: "new", title: "No ramp", facts: { shown: "received", urgency: "urgent", region: "kz-alm", posts: 1 } });

  it("gets a new concern on top, once", () => {
    apply(raised, raised);
    expect(document.querySelectorAll('[data-thread="new"]')).toHaveLength(1);
    expect(document.querySelector(".thread-list li")?.contains(card("new"))).toBe(true);
    const text = (card("new")?.textContent ?? "").replace(/\s+/g, " ");
    for (const words of ["Urgent", "Received", "No ramp", "Almaty", "Qorgau Centre", "unread"]) expect(text).toContain(words);
    expect(text).not.toContain("Closed");
    expect(card("new")?.querySelector("a")?.getAttribute("href")).toBe("/rooms/x/threads/new/");
    expect(door.unreadElsewhere).toHaveBeenCalledOnce();
  });

  it("moves up what somebody wrote in, unread", () => {
    const other = document.querySelector("[data-thread=t].thread-card")?.closest("li");
    document.querySelector(".thread-list")?.prepend(other as Element);
    apply(told(41, { thread: "other", facts: { posts: 3 } }));
    expect(document.querySelector(".thread-list li")?.contains(card("other"))).toBe(true);
    expect(card("other")?.matches(".is-unread")).toBe(true);
    apply(told(42, { thread: "other", facts: { posts: 3 } }));
    expect(card("other")?.querySelector(".row")?.textContent).toBe("unread");
    expect(card("other")?.textContent).toContain("2 replies");
    expect(door.unreadElsewhere).toHaveBeenCalledTimes(2);
  });

  it("counts one's own posts as read", () => {
    apply(told(41, { thread: "other", by: me }));
    expect(card("other")?.matches(".is-unread")).toBe(false);
    expect(door.unreadElsewhere).not.toHaveBeenCalled();
  });

  it("shows nothing of a held thread", () => {
    apply({ ...stub(41, "p", "thread.raised"), thread: "held" });
    expect(card("held")?.matches(".thread-card--stub")).toBe(true);
  });
});

describe("what only the server can word", () => {
  it.each(["thread.moved", "thread.acknowledged", "thread.held", "thread.released", "carriage.updated", "thread.seen_by_office"])(
    "asks for the page again: %s",
    (kind) => {
      apply({ ...told(41, { kind }) });
      expect(door.changed).toHaveBeenCalledOnce();
    },
  );

  it.each(["seat.taken", "toString", "something.new"])("leaves %s alone", (kind) => {
    apply(told(41, { kind }));
    expect(door.changed).not.toHaveBeenCalled();
    expect(order()).toEqual(["p40"]);
  });
});
