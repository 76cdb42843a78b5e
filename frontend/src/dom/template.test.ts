import { beforeEach, describe, expect, it } from "vitest";

import { htmlToFragment } from "./html";
import { cloneTemplate, fillSlots, hasTemplate } from "./template";

const PAGE = `<template id="row"><li><b data-slot="name"></b> <i data-slot="name"></i></li></template><template id="bare"></template>`;

beforeEach(() => {
  document.body.replaceChildren(htmlToFragment(PAGE));
});

describe("templates", () => {
  it("are copied, not moved", () => {
    const first = cloneTemplate("row");
    const second = cloneTemplate("row");
    expect(first).not.toBe(second);
    expect(first.tagName).toBe("LI");
  });

  it("are filled with text, never with markup", () => {
    const row = cloneTemplate("row");
    fillSlots(row, { name: "<u>Ә</u>", missing: "nothing" });
    expect(row.textContent).toBe("<u>Ә</u> <u>Ә</u>");
    expect(row.querySelector("u")).toBeNull();
  });

  it("that are not there say so", () => {
    expect(() => cloneTemplate("nowhere")).toThrow("nowhere");
    expect(() => cloneTemplate("bare")).toThrow("empty");
    expect([hasTemplate("row"), hasTemplate("nowhere")]).toEqual([true, false]);
  });
});
