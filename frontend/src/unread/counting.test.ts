import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { COUNTS_MOVED } from "./badges";
import { Counting } from "./counting";

let counting: Counting;
let isHidden = false;
let answer: () => Promise<Response>;
const asked = (): number => vi.mocked(fetch).mock.calls.length;
const json = (body: unknown, status = 200): Promise<Response> => Promise.resolve(new Response(JSON.stringify(body), { status }));
const figures = (): (string | null)[] =>
  [...document.querySelectorAll<HTMLElement>(".count")].map((mark) => (mark.hidden ? null : mark.textContent));

function look(hidden: boolean): void {
  isHidden = hidden;
  document.dispatchEvent(new Event("visibilitychange"));
}

const page = `<nav class="top"><a data-code="rooms" data-unread="/unread/">Rooms <span class="count">9<span> unread</span></span></a>
    <a data-code="triage">Triage <span class="count" hidden><span> waiting</span></span></a></nav>
  <nav class="bottom"><a data-code="rooms">Rooms <span class="count">9<span> unread</span></span></a></nav>
  <a class="room-link" data-room="here"><span class="count" data-slot="unread">5<span> unread</span></span></a>
  <ul><li data-room="there"><span class="count" data-slot="unread" hidden>0<span> unread</span></span></li></ul>`;

beforeEach(() => {
  vi.useFakeTimers();
  isHidden = false;
  vi.spyOn(document, "hidden", "get").mockImplementation(() => isHidden);
  answer = () => json({ rooms: { there: 3 }, marks: { rooms: "3", triage: "2" } });
  vi.stubGlobal("fetch", vi.fn(() => answer()));
  document.body.replaceChildren(...new DOMParser().parseFromString(page, "text/html").body.childNodes);
  counting = new Counting("/unread/");
  counting.start();
});

afterEach(() => {
  counting.stop();
  vi.clearAllTimers();
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

describe("marks of what is unread", () => {
  it("are counted anew each minute, and words beside them stay", async () => {
    await vi.advanceTimersByTimeAsync(59_000);
    expect(asked()).toBe(0);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(figures()).toEqual(["3 unread", "2 waiting", "3 unread", null, "3 unread"]);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(asked()).toBe(2);
  });

  it("vanish when everything is read", async () => {
    answer = () => json({ rooms: {}, marks: { rooms: "", triage: "" } });
    await vi.advanceTimersByTimeAsync(61_000);
    expect(figures()).toEqual([null, null, null, null, null]);
  });

  it("are not asked for while nobody looks, and at once when somebody does", async () => {
    look(true);
    await vi.advanceTimersByTimeAsync(10 * 60_000);
    expect(asked()).toBe(0);
    look(false);
    await vi.advanceTimersByTimeAsync(1);
    expect(asked()).toBe(1);
  });

  it("are asked for less and less often of a server in trouble, whoever looks", async () => {
    answer = () => json({}, 503);
    await vi.advanceTimersByTimeAsync(10 * 60_000);
    expect(asked()).toBe(3);
    for (let times = 0; times < 5; times += 1) {
      look(true);
      look(false);
      await vi.advanceTimersByTimeAsync(1_000);
    }
    expect(asked()).toBe(3);
    answer = () => json({ rooms: {}, marks: { rooms: "", triage: "" } });
    await vi.advanceTimersByTimeAsync(15 * 60_000);
    expect(figures()).toEqual([null, null, null, null, null]);
  });

  it("are left alone once somebody is signed out", async () => {
    answer = () => json({}, 403);
    await vi.advanceTimersByTimeAsync(60 * 60_000);
    expect(asked()).toBe(1);
    expect(figures()[0]).toBe("9 unread");
  });

  it("do not go back to what was counted before something was read", async () => {
    let finish: (response: Response) => void = () => undefined;
    answer = () => new Promise((resolve) => { finish = resolve; });
    await vi.advanceTimersByTimeAsync(60_000);
    document.dispatchEvent(new Event(COUNTS_MOVED));
    finish(new Response(JSON.stringify({ rooms: { here: 5 }, marks: { rooms: "5" } })));
    await vi.advanceTimersByTimeAsync(1_000);
    expect(figures()[0]).toBe("9 unread");
    answer = () => json({ rooms: {}, marks: { rooms: "", triage: "" } });
    await vi.advanceTimersByTimeAsync(1_000);
    expect(figures()[0]).toBeNull();
  });
});
