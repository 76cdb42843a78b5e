import { beforeEach, describe, expect, it } from "vitest";

import { htmlToFragment } from "../dom/html";
import { hideParts, swapParts } from "./parts";

const page = (head: string, ledger: string): string => `
  <header data-live="head">${head}</header>
  <section data-live="ledger">${ledger}</section>
  <form data-note><textarea></textarea></form>`;

const fetched = htmlToFragment;

function show(html: string): void {
  document.body.replaceChildren(htmlToFragment(html));
}

const part = (name: string): HTMLElement | null => document.querySelector(`[data-live="${name}"]`);

describe("parts of an issue's page", () => {
  beforeEach(() => {
    show(page("<p>Inquiry</p>", '<a href="/step/">Assess</a>'));
  });

  it("are exchanged where they differ, and only there", () => {
    const link = document.querySelector("a");
    expect(swapParts(fetched(page("<p>Awaiting authority</p>", '<a href="/step/">Assess</a>')))).toBe(true);
    expect(part("head")?.textContent).toBe("Awaiting authority");
    expect(document.querySelector("a")).toBe(link);
  });

  it("say that nothing changed", () => {
    expect(swapParts(fetched(page("<p>Inquiry</p>", '<a href="/step/">Assess</a>')))).toBe(false);
  });

  it("leave what somebody is writing alone", () => {
    const area = document.querySelector("textarea");
    if (area) area.value = "Half a note";
    swapParts(fetched(page("<p>Other</p>", "")));
    expect(document.querySelector("textarea")?.value).toBe("Half a note");
  });

  it("keep the focus on what is still there", () => {
    document.querySelector("a")?.focus();
    swapParts(fetched(page("<p>Inquiry</p>", '<p>New</p><a href="/step/">Assess</a>')));
    expect(document.activeElement?.getAttribute("href")).toBe("/step/");
  });

  it("keep open what was opened", () => {
    const more = (text: string): string => `<details><summary>Accepted</summary>${text}</details>`;
    show(page("", more("Old")));
    document.querySelector("details")?.setAttribute("open", "");
    swapParts(fetched(page("", more("New"))));
    expect(document.querySelector("details")?.open).toBe(true);
    expect(part("ledger")?.textContent).toContain("New");
  });

  it("do not differ by the token of a form", () => {
    const token = (value: string): string => `<form><input type="hidden" name="csrfmiddlewaretoken" value="${value}"></form>`;
    show(page(token("one"), ""));
    expect(swapParts(fetched(page(token("two"), "")))).toBe(false);
  });

  it("leave the screen when they are no longer open to somebody", () => {
    hideParts();
    expect(part("head")?.textContent).toBe("");
    expect(document.querySelector("textarea")).not.toBeNull();
  });
});
