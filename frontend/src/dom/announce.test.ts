import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { announce } from "./announce";
import { htmlToFragment } from "./html";

beforeEach(() => {
  vi.useFakeTimers();
  document.body.replaceChildren(htmlToFragment(`<div id="announcements"></div>`));
});
afterEach(() => {
  vi.useRealTimers();
});

const shown = (): string[] => [...document.querySelectorAll(".toast")].map((toast) => toast.textContent);

describe("announcements", () => {
  it("are shown as text for some seconds", () => {
    announce("<b>Saved</b>");
    expect(shown()).toEqual(["<b>Saved</b>"]);
    vi.advanceTimersByTime(7000);
    expect(shown()).toEqual([]);
  });

  it("do not pile up when they say the same", () => {
    announce("Offline");
    announce("Offline", "danger");
    expect(shown()).toEqual(["Offline"]);
    expect(document.querySelector(".toast--danger")).not.toBeNull();
  });

  it("need words and a place", () => {
    announce("");
    expect(shown()).toEqual([]);
    document.body.replaceChildren();
    expect(() => {
      announce("Nobody hears");
    }).not.toThrow();
  });
});
