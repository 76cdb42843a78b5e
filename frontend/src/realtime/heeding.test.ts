import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { heedTheBrowser, socketAddress } from "./heeding";

let isHidden = false;
const calls: string[] = [];

heedTheBrowser({ hurry: () => calls.push("hurry"), drop: () => calls.push("drop") });

beforeEach(() => {
  calls.length = 0;
  vi.spyOn(document, "hidden", "get").mockImplementation(() => isHidden);
});
afterEach(() => {
  vi.restoreAllMocks();
  isHidden = false;
});

function shown(persisted: boolean): void {
  const event = new Event("pageshow");
  Object.defineProperty(event, "persisted", { value: persisted });
  window.dispatchEvent(event);
}

describe("what the browser tells", () => {
  it("of the link", () => {
    window.dispatchEvent(new Event("offline"));
    window.dispatchEvent(new Event("online"));
    expect(calls).toEqual(["drop", "hurry"]);
  });

  it("of whoever looks again", () => {
    isHidden = true;
    document.dispatchEvent(new Event("visibilitychange"));
    shown(false);
    expect(calls).toEqual([]);
    isHidden = false;
    document.dispatchEvent(new Event("visibilitychange"));
    shown(true);
    expect(calls).toEqual(["hurry", "hurry"]);
  });

  it("of where the page came from", () => {
    expect(new URL(socketAddress()).protocol).toMatch(/^wss?:$/);
    expect(new URL(socketAddress()).pathname).toBe("/ws/");
  });
});
