import { beforeEach, describe, expect, it } from "vitest";

import { lookWhatIsLeft, tellWhatIsLeft } from "./left";

const page = `<textarea data-most="1000"></textarea>
<template id="left-template"><div class="field__left">
  <span data-slot="words" data-one="остался 1 знак" data-few="осталось 2 знака" data-many="осталось 5 знаков" data-none="Больше не поместится." data-one-over="1 знак лишний" data-few-over="2 знака лишних" data-many-over="5 знаков лишних"></span>
  <span role="status" data-slot="said"></span></div></template>`;

let area: HTMLTextAreaElement;
const shown = (): string | null => document.querySelector(".field__left:not([hidden]) [data-slot=words]")?.textContent ?? null;
const said = (): string => document.querySelector("[data-slot=said]")?.textContent ?? "";

function write(length: number): void {
  area.value = "a".repeat(length);
  area.dispatchEvent(new Event("input", { bubbles: true }));
}

tellWhatIsLeft();

beforeEach(() => {
  document.documentElement.lang = "ru";
  document.body.replaceChildren(...new DOMParser().parseFromString(page, "text/html").body.childNodes);
  area = document.querySelector("textarea") ?? document.createElement("textarea");
});

describe("what is left of a field", () => {
  it("is not worth a word while there is plenty", () => {
    write(799);
    expect(shown()).toBeNull();
  });

  it("goes with a text that was sent", () => {
    write(999);
    area.value = "";
    lookWhatIsLeft(area);
    expect(shown()).toBeNull();
  });

  it.each([
    [800, "осталось 200 знаков"],
    [979, "остался 21 знак"],
    [998, "осталось 2 знака"],
    [999, "остался 1 знак"],
    [1000, "Больше не поместится."],
    [1001, "1 знак лишний"],
    [1022, "22 знака лишних"],
    [2000, "1000 знаков лишних"],
  ])("is said after %i characters", (length, words) => {
    write(length);
    expect(shown()).toBe(words);
  });

  it("is read out now and then, not at every letter", () => {
    const heard: string[] = [];
    for (let length = 790; length <= 1000; length += 1) {
      write(length);
      if (heard.at(-1) !== said()) heard.push(said());
    }
    expect(heard).toEqual(["", "осталось 200 знаков", "осталось 50 знаков", "осталось 10 знаков", "Больше не поместится."]);
  });

  it("cuts nothing off, and counts a letter of two units as one", () => {
    area.value = "𐰀".repeat(1001);
    area.dispatchEvent(new Event("input", { bubbles: true }));
    expect(shown()).toBe("1 знак лишний");
    expect(Array.from(area.value)).toHaveLength(1001);
  });

  it("goes for a line of text, too", () => {
    const line = document.createElement("input");
    line.dataset.most = "200";
    document.body.prepend(line);
    line.value = "a".repeat(201);
    line.dispatchEvent(new Event("input", { bubbles: true }));
    expect(shown()).toBe("1 знак лишний");
  });

  it("says once, not at every letter, that it is too much", () => {
    write(1001);
    expect(said()).toBe("1 знак лишний");
    write(1002);
    expect(said()).toBe("1 знак лишний");
  });

  it("goes away when the text gets shorter", () => {
    write(1000);
    write(10);
    expect(shown()).toBeNull();
  });
});
