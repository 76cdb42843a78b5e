import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { DRAFTS_CLEARED } from "./forms";
import { htmlToFragment } from "./html";
import { keepForms } from "./kept_forms";

const RAISE = "/rooms/youth/raise/";
const ARRIVED = "/rooms/youth/threads/abc/";

/** A page is loaded at an address; `title` is what the server put into the form. */
function load({ at = RAISE, person = "me", title = "" } = {}): void {
  history.replaceState(null, "", at);
  const form = `<form data-keeps="${person}" data-arrives="/rooms/youth/threads/*"><input type="hidden" name="key" value="k">
    <input name="title" value="${title}"><textarea name="body"></textarea><select name="region"><option value="">-</option>
    <option value="abai">a</option></select><select name="byline"><option value="organisation">o</option>
    <option value="shielded">s</option></select></form>`;
  document.body.replaceChildren(htmlToFragment(at === RAISE ? form : "<p>Elsewhere</p>"));
  keepForms();
}

const field = (name: string): HTMLInputElement => document.querySelector(`[name=${name}]`) as HTMLInputElement;
const form = (): HTMLFormElement => document.querySelector("form") as HTMLFormElement;

function type(name: string, value: string): void {
  field(name).value = value;
  field(name).dispatchEvent(new Event("input", { bubbles: true }));
  vi.advanceTimersByTime(1_000);
}

const submit = (): boolean => form().dispatchEvent(new SubmitEvent("submit", { bubbles: true, cancelable: true }));

beforeEach(() => {
  vi.useFakeTimers();
  sessionStorage.clear();
});
afterEach(() => {
  vi.useRealTimers();
});

describe("a form that keeps what is typed", () => {
  it("has it again after a reload", () => {
    load();
    type("title", "No ramp");
    type("region", "abai");
    load();
    expect([field("title").value, field("region").value]).toEqual(["No ramp", "abai"]);
  });

  it("has it again after signing in anew, for the same person only", () => {
    load();
    type("body", "Nine steps");
    submit();
    load({ at: "/accounts/login/" });
    load({ person: "somebody else" });
    expect(field("body").value).toBe("");
    load();
    expect(field("body").value).toBe("Nine steps");
  });

  it("is empty once it has arrived", () => {
    load();
    type("body", "Nine steps");
    submit();
    load({ at: ARRIVED });
    load();
    expect(field("body").value).toBe("");
  });

  it("has not arrived when one comes there by way of signing in", () => {
    load();
    type("body", "Nine steps");
    submit();
    load({ at: "/accounts/login/" });
    load({ at: ARRIVED });
    load();
    expect(field("body").value).toBe("Nine steps");
  });

  it("is not emptied by a look at another thread", () => {
    load();
    type("body", "Nine steps");
    load({ at: ARRIVED });
    load();
    expect(field("body").value).toBe("Nine steps");
  });

  it("lets stand what the server gave back", () => {
    load();
    type("title", "Older");
    load({ title: "Newer" });
    expect(field("title").value).toBe("Newer");
  });

  it("is not taken for arrived at the address under which it arrives", () => {
    load();
    type("body", "Nine steps");
    submit();
    load({ at: "/rooms/youth/threads/" });
    load();
    expect(field("body").value).toBe("Nine steps");
  });

  it("leaves no trace of who wants to be shielded", () => {
    load();
    type("body", "Nine steps");
    type("byline", "shielded");
    submit();
    expect(sessionStorage).toHaveLength(0);
  });

  it("writes nothing more after signing out", () => {
    load();
    type("body", "Nine steps");
    sessionStorage.clear();
    document.dispatchEvent(new Event(DRAFTS_CLEARED));
    type("body", "Nine steps and a half");
    expect(sessionStorage).toHaveLength(0);
  });
});
