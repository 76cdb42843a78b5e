import { beforeEach, describe, expect, it } from "vitest";

import { htmlToFragment } from "./html";
import { closeMenusAsExpected } from "./menus";

closeMenusAsExpected();

const menu = (): HTMLDetailsElement => document.querySelector<HTMLDetailsElement>("#menu") as HTMLDetailsElement;

beforeEach(() => {
  document.body.replaceChildren(
    htmlToFragment(
      `<details id="menu" data-menu open><summary tabindex="0">m</summary><button id="inside">i</button></details>
       <details id="plain" open><summary>p</summary></details><button id="outside">o</button>`,
    ),
  );
});

describe("menus", () => {
  it("close when something outside is pressed or focused", () => {
    document.querySelector("#outside")?.dispatchEvent(new Event("pointerdown", { bubbles: true }));
    expect(menu().open).toBe(false);
    menu().open = true;
    document.querySelector("#outside")?.dispatchEvent(new Event("focusin", { bubbles: true }));
    expect(menu().open).toBe(false);
  });

  it("stay open while one is inside", () => {
    document.querySelector("#inside")?.dispatchEvent(new Event("pointerdown", { bubbles: true }));
    expect(menu().open).toBe(true);
  });

  it("close on escape and give the focus back to their button", () => {
    document.querySelector<HTMLElement>("#inside")?.focus();
    document.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape" }));
    expect(menu().open).toBe(false);
    expect(document.activeElement?.tagName).toBe("SUMMARY");
  });

  it("leave other details alone", () => {
    document.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape" }));
    expect(document.querySelector<HTMLDetailsElement>("#plain")?.open).toBe(true);
  });
});
