import { beforeEach, describe, expect, it, vi } from "vitest";

import { htmlToFragment } from "../dom/html";
import { sendReactions, showReactions, takeBackReaction } from "./reactions";

const sign = '<button data-reaction="thanks" aria-pressed="false">Thanks</button>';
const counted = sign.replace("Thanks", '<span data-slot="count">1</span>');
const put = vi.fn();
let log: HTMLElement;
const all = (): HTMLButtonElement[] => [...log.querySelectorAll("button")];
const pressed = (): (string | null)[] => all().map((button) => button.getAttribute("aria-pressed"));

beforeEach(() => {
  put.mockClear();
  const post = `<article data-post="p"><details open><summary>React</summary>${sign}</details><ul><li>${counted}</li></ul></article>`;
  document.body.replaceChildren(htmlToFragment(`<div>${post}</div>`));
  log = document.body.firstElementChild as HTMLElement;
  sendReactions(log, put);
});

describe("pressing a sign", () => {
  it("sends it and shows it pressed wherever it stands", () => {
    all()[1]?.click();
    expect(put).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ t: "react", post: "p", reaction: "thanks", on: true }));
    expect(pressed()).toEqual(["true", "true"]);
    all()[1]?.click();
    expect(put).toHaveBeenLastCalledWith(expect.objectContaining({ on: false }));
  });

  it("closes the menu and keeps the focus beside it", () => {
    all()[0]?.focus();
    all()[0]?.click();
    expect(log.querySelector("details")?.open).toBe(false);
    expect(document.activeElement?.textContent).toBe("React");
  });

  it("that nobody uses any more gives the focus back to the menu", () => {
    all()[1]?.focus();
    showReactions(log.querySelector("article") as Element, {});
    expect(all()[1]?.closest("li")?.hidden).toBe(true);
    expect(document.activeElement?.textContent).toBe("React");
  });

  it("is taken back where it was refused", () => {
    all()[1]?.click();
    takeBackReaction(log.querySelector("article"), { t: "react", key: "k", post: "p", reaction: "thanks", on: true });
    expect(pressed()).toEqual(["false", "false"]);
  });
});
