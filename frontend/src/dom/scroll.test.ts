import { beforeEach, describe, expect, it } from "vitest";

import { DRAFTS_CLEARED } from "./forms";
import { htmlToFragment } from "./html";
import { keepScroll } from "./scroll";

const pane = (): HTMLElement => document.querySelector("div") as HTMLElement;

beforeEach(() => {
  sessionStorage.clear();
  document.body.replaceChildren(htmlToFragment(`<div data-keeps-scroll="threads"></div>`));
});

describe("a pane that keeps its scroll", () => {
  it("stands where it stood", () => {
    keepScroll();
    pane().scrollTop = 120;
    window.dispatchEvent(new Event("pagehide"));
    pane().scrollTop = 0;
    keepScroll();
    expect(pane().scrollTop).toBe(120);
  });

  it("writes nothing any more after signing out", () => {
    keepScroll();
    document.dispatchEvent(new Event(DRAFTS_CLEARED));
    window.dispatchEvent(new Event("pagehide"));
    expect(sessionStorage.length).toBe(0);
  });
});
