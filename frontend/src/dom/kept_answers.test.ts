import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { htmlToFragment } from "./html";
import { keepForms } from "./kept_forms";

const RAISE = "/rooms/youth/raise/";
const GROUPS = ["women", "children", "elders"];

/** A form with a text, a group of radio buttons and one of checkboxes; `ticked` is what the server chose. */
function load({ ticked = [] as string[], groups = GROUPS, more = "" } = {}): void {
  history.replaceState(null, "", RAISE);
  const box = (type: string, name: string, value: string): string =>
    `<input type="${type}" name="${name}" value="${value}"${ticked.includes(value) ? " checked" : ""}>`;
  const boxes = [
    ...["concern", "discussion"].map((value) => box("radio", "kind", value)),
    ...groups.map((value) => box("checkbox", "groups", value)),
  ];
  document.body.replaceChildren(
    htmlToFragment(`<form data-keeps="me"><textarea name="body"></textarea>${boxes.join("")}${more}</form>`),
  );
  keepForms();
}

const chosen = (): string[] => [...document.querySelectorAll<HTMLInputElement>(":checked")].map((box) => box.value);
const body = (): HTMLTextAreaElement => document.querySelector("[name=body]") as HTMLTextAreaElement;

function type(text: string): void {
  body().value = text;
  body().dispatchEvent(new Event("input", { bubbles: true }));
  vi.advanceTimersByTime(1_000);
}

function press(...values: string[]): void {
  for (const value of values) {
    const box = document.querySelector(`[value=${value}]`) as HTMLInputElement;
    box.checked = box.type === "radio" || !box.checked;
    box.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

beforeEach(() => {
  vi.useFakeTimers();
  sessionStorage.clear();
});
afterEach(() => {
  vi.useRealTimers();
});

describe("choices beside a text that is kept", () => {
  it("are there again: the radio button and every box", () => {
    load({ ticked: ["concern"] });
    type("Nine steps");
    press("discussion", "women", "elders");
    load({ ticked: ["concern"] });
    expect(chosen()).toEqual(["discussion", "women", "elders"]);
  });

  it("stay taken back when the server had ticked them", () => {
    load({ ticked: ["women", "children"] });
    type("Nine steps");
    press("women");
    load({ ticked: ["women", "children"] });
    expect(chosen()).toEqual(["children"]);
  });

  it("stay as the server shows them once it has chosen otherwise", () => {
    load({ ticked: ["women"] });
    type("Nine steps");
    press("elders");
    load({ ticked: ["children"] });
    expect([chosen(), body().value]).toEqual([["children"], "Nine steps"]);
  });

  it("leave out what is no longer offered", () => {
    load();
    type("Nine steps");
    press("women", "elders");
    load({ groups: ["women", "children"] });
    expect(chosen()).toEqual(["women"]);
  });

  it("are not kept without a text", () => {
    load();
    press("women");
    expect(sessionStorage).toHaveLength(0);
  });

  it("bring back a note for everyone as one for everyone", () => {
    const more = '<input type="checkbox" name="for_everyone" value="on">';
    load({ more });
    type("The inquiry has begun");
    press("on");
    load({ more });
    expect([chosen(), body().value]).toEqual([["on"], "The inquiry has begun"]);
  });
});
