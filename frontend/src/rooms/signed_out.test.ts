import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { htmlToFragment } from "../dom/html";
import { FakeSocket } from "../realtime/fake_socket";
import { area, begin, finish, log, rows, send, type } from "./fake_room";

const said = (): string => document.body.textContent;
const signOut = (): void => {
  FakeSocket.last.drops(4401);
};

beforeEach(begin);
afterEach(finish);

describe("a room after somebody signed out in another tab", () => {
  it("shows neither posts nor titles nor rooms, but the notice and the way back", () => {
    document.title = "No ramp · Youth · Dialogue";
    signOut();
    expect(log.children).toHaveLength(0);
    for (const words of ["The first words", "Head", "Other", "Rail", "This"]) expect(said()).not.toContain(words);
    expect(document.querySelectorAll(".room-link")).toHaveLength(0);
    expect(document.title).toBe("Dialogue");
    expect(document.querySelector(".connection")?.textContent).toBe("Signed out.");
    expect(document.querySelector<HTMLElement>('[data-slot="sign-in"]')?.hidden).toBe(false);
  });

  it("keeps what was being written, in the field and on its way", () => {
    send("On its way");
    type("Half a sent");
    signOut();
    expect(area().value).toBe("Half a sent");
    expect(rows()).toHaveLength(1);
    expect(sessionStorage.getItem("draft:me:t")).toBe("Half a sent");
  });

  it("is not filled again by an answer that was under way", async () => {
    FakeSocket.last.hears({ t: "entry", stream: "room:x", epoch: "e", position: 41, kind: "thread.moved", at: "2026-11-23T07:09:00Z", thread: "t", facts: {} });
    await vi.advanceTimersByTimeAsync(0);
    signOut();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(document.querySelector(".thread__head")?.textContent).toBe("");
  });

  it("does not say who wrote what stands there, nor what waited for them", () => {
    document.body.append(htmlToFragment('<header class="top"><a>Rooms <span class="count">9</span></a><details class="person">DS</details></header>'));
    send("On its way");
    const byline = document.querySelector<HTMLSelectElement>('[name="byline"]');
    if (byline) byline.value = "shielded";
    type("Half a sent");
    signOut();
    expect(document.querySelector(".count, .person, .log .avatar")).toBeNull();
    expect(byline?.value).toBe("shielded");
    expect(byline?.textContent).toBe("");
    expect(byline?.closest("[hidden]")).not.toBeNull();
    expect(area().closest("[hidden]")).toBeNull();
  });

  it("says so where what was begun is kept nowhere else", () => {
    const byline = document.querySelector<HTMLSelectElement>('[name="byline"]');
    if (byline) byline.value = "shielded";
    type("Half a sent");
    signOut();
    expect(document.querySelector(".connection")?.textContent).toBe("Only here.");
    expect(area().value).toBe("Half a sent");
    expect(sessionStorage.getItem("draft:me:t")).toBeNull();
  });

  it("shows no field in which nothing was begun", () => {
    area().blur();
    signOut();
    expect(area().closest("[hidden]")).not.toBeNull();
  });

  it("brings the keyboard to the way back, unless it is in the text field", () => {
    area().focus();
    signOut();
    expect(document.activeElement).toBe(area());
  });

  it("brings the keyboard to the way back where it stood on something that has gone", () => {
    document.querySelector<HTMLElement>(".thread-card a")?.focus();
    area().blur();
    signOut();
    expect(document.activeElement?.textContent).toBe("Sign in");
  });
});
