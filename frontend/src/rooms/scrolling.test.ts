import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { Scrolling } from "./scrolling";

const CONTENT_PX = 1_000;
let log: HTMLElement;
let height: number;
let resized: () => void;

function scrollTo(top: number): void {
  log.scrollTop = top;
  log.dispatchEvent(new Event("scroll"));
}

/** As when the composer takes more of the column, or gives it back. */
function becomes(px: number): void {
  height = px;
  resized();
}

const hiddenBelow = (): number => CONTENT_PX - log.scrollTop - height;

beforeEach(() => {
  height = 400;
  vi.stubGlobal("ResizeObserver", class {
    constructor(callback: () => void) {
      resized = callback;
    }

    observe(): void {
      resized();
    }
  });
  log = document.createElement("div");
  let top = 0;
  Object.defineProperties(log, {
    scrollHeight: { value: CONTENT_PX },
    clientHeight: { get: () => height },
    scrollTop: { get: () => top, set: (wanted: number) => { top = Math.min(wanted, CONTENT_PX - height); } },
  });
});

afterEach(() => {
  vi.unstubAllGlobals();
});

describe("when the log becomes shorter", () => {
  it("keeps the last words in sight of whoever is at the end", () => {
    new Scrolling(log, () => undefined).toWhatIsNew();
    for (const px of [300, 120, 400]) {
      becomes(px);
      expect(hiddenBelow()).toBe(0);
    }
  });

  it("does not mistake that for scrolling", () => {
    new Scrolling(log, () => undefined).toEnd();
    becomes(380);
    height = 120;
    log.dispatchEvent(new Event("scroll"));
    becomes(120);
    expect(hiddenBelow()).toBe(0);
  });

  it("moves nothing under the eyes of whoever reads further up", () => {
    new Scrolling(log, () => undefined).toEnd();
    scrollTo(200);
    becomes(120);
    expect(log.scrollTop).toBe(200);
  });

  it("takes along again who came back to the end", () => {
    new Scrolling(log, () => undefined).toEnd();
    scrollTo(200);
    scrollTo(600);
    becomes(120);
    expect(hiddenBelow()).toBe(0);
  });
});
