import { describe, expect, it } from "vitest";

import { afterClose, delayBefore } from "./reconnect";

describe("the wait before another try", () => {
  it.each([
    [0, 1_000],
    [1, 1_000],
    [2, 2_000],
    [5, 16_000],
    [6, 30_000],
    [60, 30_000],
  ])("after %i failures is at most %i ms, and may be nothing", (attempt, longest) => {
    expect(delayBefore(attempt, () => 1)).toBe(longest);
    expect(delayBefore(attempt, () => 0)).toBe(0);
    expect(delayBefore(attempt, () => 0.5)).toBe(longest / 2);
  });
});

describe("what a close code asks for", () => {
  it.each([
    [4401, "signed_out"],
    [4403, "no_access"],
    [4409, "elsewhere"],
  ])("%i is an end that a person must see", (code, end) => {
    expect(afterClose(code)).toBe(end);
  });

  it.each([1006, 1012, 4408, 4500])("%i asks to come again soon", (code) => {
    expect(afterClose(code)).toEqual({ atLeastMs: 0 });
  });

  it.each([4400, 4429])("%i asks for a long wait", (code) => {
    expect(afterClose(code)).toEqual({ atLeastMs: 30_000 });
  });
});
