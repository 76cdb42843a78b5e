import { afterEach, describe, expect, it, vi } from "vitest";

import { fitToText } from "./autosize";

afterEach(() => {
  vi.unstubAllGlobals();
});

function areaOf(heights: { scrollHeight: number; offsetHeight: number; clientHeight: number }): HTMLTextAreaElement {
  const area = document.createElement("textarea");
  for (const [name, value] of Object.entries(heights)) Object.defineProperty(area, name, { value });
  return area;
}

describe("a growing textarea", () => {
  it("is as tall as its text and its borders", () => {
    vi.stubGlobal("CSS", { supports: () => false });
    const area = areaOf({ scrollHeight: 90, offsetHeight: 52, clientHeight: 50 });
    fitToText(area);
    expect(area.style.height).toBe("92px");
  });

  it("is left to the browser where that can do it", () => {
    vi.stubGlobal("CSS", { supports: () => true });
    const area = areaOf({ scrollHeight: 90, offsetHeight: 52, clientHeight: 50 });
    fitToText(area);
    expect(area.style.height).toBe("");
  });
});
