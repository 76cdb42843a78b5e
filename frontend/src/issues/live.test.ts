import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { htmlToFragment } from "../dom/html";
import { FakeSocket, useFakeSockets } from "../realtime/fake_socket";
import { issueIn, IssueLive } from "./live";

const STREAM = "issue:OMB-2026-00042";
let answers: string[];
let issue: IssueLive;

function page(head: string, position: number): string {
  return `<div id="announcements"></div>
    <main><div id="issue" data-me="me" data-stream="${STREAM}" data-epoch="e" data-position="${position.toString()}" data-changed="Changed">
      <header data-live="head"><h1>${head}</h1></header><p class="connection" data-refused="Not yours" data-signed-out="Signed out" hidden></p>
      <section class="panel"><h2>Timeline</h2><form><textarea></textarea></form></section>
      <section class="panel"><h2>Else</h2></section>
    </div></main>`;
}

function moved(position: number): void {
  const head = { t: "entry", stream: STREAM, epoch: "e", position, at: "2026-11-23T07:09:00Z" };
  FakeSocket.last.hears({ ...head, kind: "issue.moved", facts: { state: "inquiry" } });
}

const head = (): string | null | undefined => document.querySelector('[data-live="head"]')?.textContent;
const toast = (): string | null | undefined => document.getElementById("announcements")?.textContent;

async function settle(): Promise<void> {
  await vi.advanceTimersByTimeAsync(500);
}

beforeEach(() => {
  vi.useFakeTimers();
  useFakeSockets();
  answers = [];
  vi.stubGlobal("fetch", vi.fn(() => Promise.resolve(new Response(answers.shift()))));
  document.body.replaceChildren(htmlToFragment(page("Registered", 3)));
  issue = new IssueLive(issueIn(document) as HTMLElement, "ws://here/ws/", () => 0);
  issue.start();
  FakeSocket.last.greets();
  FakeSocket.last.hears({ t: "live", stream: STREAM, epoch: "e", position: 3 });
});

afterEach(() => {
  issue.live.stop();
  vi.clearAllTimers();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe("an issue's page at work", () => {
  it("asks for its stream from where the page stood", () => {
    expect(FakeSocket.last.said("subscribe")).toEqual([{ t: "subscribe", stream: STREAM, epoch: "e", since: 3 }]);
  });

  it("shows what changed, and says so once for a burst", async () => {
    answers = [page("Inquiry", 5)];
    moved(4);
    moved(5);
    await settle();
    expect(head()).toBe("Inquiry");
    expect(toast()).toBe("Changed");
    expect(fetch).toHaveBeenCalledTimes(1);
  });

  it("asks again when the answer is older than what it heard", async () => {
    answers = [page("Registered", 3), page("Inquiry", 4)];
    moved(4);
    await settle();
    expect(head()).toBe("Inquiry");
  });

  it("says nothing any more once somebody is signed out, and leaves what was being written", async () => {
    const area = document.querySelector("textarea");
    if (area) area.value = "Half a note";
    answers = [page("Inquiry", 4)];
    moved(4);
    await vi.advanceTimersByTimeAsync(0);
    FakeSocket.last.drops(4401);
    await settle();
    expect(head()).toBe("");
    expect(document.querySelector(".connection")?.textContent).toBe("Signed out");
    expect(document.querySelector("textarea")?.value).toBe("Half a note");
    expect(document.querySelector("textarea")?.closest("[hidden]")).toBeNull();
    expect(document.querySelectorAll("h1")).toHaveLength(1);
    expect(document.querySelector("h1")?.closest("[hidden]")).toBeNull();
    expect([...document.querySelectorAll<HTMLElement>(".panel")].map(({ hidden }) => hidden)).toEqual([false, true]);
  });

  it("takes away what is no longer open to the reader, and leaves what was being written", async () => {
    vi.stubGlobal("fetch", vi.fn(() => Promise.resolve(new Response("", { status: 404 }))));
    const area = document.querySelector("textarea");
    if (area) area.value = "Half a note";
    moved(4);
    await settle();
    expect(head()).toBe("");
    expect(document.querySelector(".connection")?.textContent).toBe("Not yours");
    expect(document.querySelector("textarea")?.value).toBe("Half a note");
  });
});
