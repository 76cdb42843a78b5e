import { beforeEach, describe, expect, it } from "vitest";

import { changeTotal, showMarks } from "./badges";

const figures = (): (string | null)[] =>
  [...document.querySelectorAll<HTMLElement>(".count")].map((mark) => (mark.hidden ? null : mark.textContent));

function draw(count: string): void {
  const link = `<a data-code="rooms">Rooms <span class="count">${count}<span> unread</span></span></a>`;
  const page = `<div class="top">${link}<a data-code="home">Home</a></div><div class="bottom">${link}</div><ul data-code="rooms"><li class="count">7</li></ul>`;
  document.body.replaceChildren(...new DOMParser().parseFromString(page, "text/html").body.childNodes);
}

beforeEach(() => { draw("9"); });

describe("marks of the navigation", () => {
  it("change in both bars, and keep their words", () => {
    changeTotal(-2);
    expect(figures()).toEqual(["7 unread", "7 unread", "7"]);
    changeTotal(-7);
    expect(figures()).toEqual([null, null, "7"]);
    changeTotal(1);
    expect(figures()).toEqual(["1 unread", "1 unread", "7"]);
  });

  it("wait for the server where nobody knows how many there are", () => {
    draw("99+");
    changeTotal(-1);
    expect(figures()[0]).toBe("99+ unread");
  });

  it("are left out of places that count nothing", () => {
    showMarks(new Map([["home", "3"], ["sign", "2"]]));
    expect(figures()).toEqual(["9 unread", "9 unread", "7"]);
    expect(document.querySelector('[data-code="home"]')?.textContent).toBe("Home");
  });
});
