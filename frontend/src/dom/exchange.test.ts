import { beforeEach, describe, expect, it } from "vitest";

import { exchange } from "./exchange";
import { htmlToFragment } from "./html";

const part = (html: string): HTMLElement => htmlToFragment(`<section>${html}</section>`).querySelector("section") as HTMLElement;
const menu = (post: string, text: string): string =>
  `<article id="${post}"><details><summary aria-label="React"></summary>${text}</details></article>`;
const rail = (key: string): string => `<p>Due</p>
  <form action="/take/"><input type="hidden" name="key" value="${key}"><button>Take</button></form>
  <form action="/close/"><input type="hidden" name="key" value="${key}"><button>Close</button></form>`;
let live: HTMLElement;

function show(html: string): void {
  live = part(html);
  document.body.replaceChildren(live);
}

beforeEach(() => {
  document.documentElement.lang = "en";
});

describe("a part that is drawn anew", () => {
  it("keeps open what was opened, of many that look alike", () => {
    show(menu("a", "Old") + menu("b", "Old"));
    live.querySelector<HTMLElement>("#b details")?.setAttribute("open", "");
    expect(exchange(live, part(menu("a", "New") + menu("b", "New")))).toBe(true);
    expect([...live.querySelectorAll("details")].map(({ open }) => open)).toEqual([false, true]);
    expect(live.textContent).toBe("NewNew");
  });

  it("does not differ by what a reader opened or by how long ago it is", () => {
    const words = `<time datetime="${new Date().toISOString()}" data-relative>23 November</time>`;
    show(menu("a", words));
    exchange(live, part(menu("a", words)));
    live.querySelector("details")?.setAttribute("open", "");
    expect(exchange(live, part(menu("a", words)))).toBe(false);
    expect(live.querySelector("details")?.open).toBe(true);
  });

  it("opens what the server opened", () => {
    show("");
    exchange(live, part("<details open><summary>Faults</summary></details>"));
    expect(live.querySelector("details")?.open).toBe(true);
  });

  it("keeps the focus on the same button of the same form", () => {
    show(rail("one"));
    live.querySelectorAll("button")[1]?.focus();
    exchange(live, part(rail("two")));
    expect(document.activeElement?.textContent).toBe("Close");
    expect(live.contains(document.activeElement)).toBe(true);
  });

  it("keeps the focus on what opens a menu", () => {
    show(menu("a", "Old") + menu("b", "Old"));
    live.querySelectorAll("summary")[1]?.focus();
    exchange(live, part(menu("a", "New") + menu("b", "New")));
    expect(document.activeElement?.closest("article")?.id).toBe("b");
  });

  it("leaves alone a focus that is elsewhere", () => {
    show(rail("one"));
    const field = document.body.appendChild(document.createElement("input"));
    field.focus();
    exchange(live, part(rail("two")));
    expect(document.activeElement).toBe(field);
  });
});
