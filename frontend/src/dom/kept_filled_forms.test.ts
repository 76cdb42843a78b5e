import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { htmlToFragment } from "./html";
import { keepForms } from "./kept_forms";

const EDIT = "/issues/OMB-1/reword/";
const ISSUE = "/issues/OMB-1/";

const kept = '<template id="kept-template"><div class="field__kept"><p data-slot="text"></p><button type="button">Put it</button></div></template>';

/** A page whose form goes to the same address wherever it stands; `body` is what the server put into it. */
function load({ at = EDIT, body = "As it was", lang = "ru", more = "" } = {}): void {
  history.replaceState(null, "", at);
  const form = `<form action="${EDIT}" data-keeps="me" data-arrives="${ISSUE}?pane=thread"><textarea name="body">${body}</textarea>
    <select name="lang"><option value="kk">k</option><option value="ru"${lang === "ru" ? " selected" : ""}>r</option></select>${more}</form>`;
  document.body.replaceChildren(htmlToFragment(at === "/elsewhere/" ? "<p>Elsewhere</p>" : form), htmlToFragment(kept));
  keepForms();
}

const body = (): HTMLTextAreaElement => document.querySelector("[name=body]") as HTMLTextAreaElement;
const beside = (): string[] => [...document.querySelectorAll("form [data-slot=text]")].map((text) => text.textContent);
const submit = (): unknown => document.querySelector("form")?.dispatchEvent(new SubmitEvent("submit", { bubbles: true }));

function type(value: string): void {
  body().value = value;
  body().dispatchEvent(new Event("input", { bubbles: true }));
  vi.advanceTimersByTime(1_000);
}

beforeEach(() => {
  vi.useFakeTimers();
  sessionStorage.clear();
});
afterEach(() => {
  vi.useRealTimers();
});

describe("a form that is filled in from the start", () => {
  it("keeps nothing while nobody changes it", () => {
    load();
    type("As it was ");
    expect(sessionStorage).toHaveLength(0);
  });

  it("has what was typed again while the server says what it said", () => {
    load();
    type("As it should be");
    load();
    expect([body().value, beside()]).toEqual(["As it should be", []]);
  });

  it("puts what was typed beside what somebody else wrote meanwhile", () => {
    load();
    type("As it should be");
    load({ body: "As somebody else wrote it" });
    expect([body().value, beside()]).toEqual(["As somebody else wrote it", ["As it should be"]]);
  });

  it("still has it beside after more was typed and the page was loaded again", () => {
    load();
    type("As it should be");
    load({ body: "As somebody else wrote it" });
    type("As somebody else wrote it, better");
    load({ body: "As somebody else wrote it" });
    expect([body().value, beside()]).toEqual(["As somebody else wrote it, better", ["As it should be"]]);
  });

  it("takes it into the field by the button", () => {
    load();
    type("As it should be");
    load({ body: "As somebody else wrote it" });
    document.querySelector<HTMLElement>(".field__kept button")?.click();
    expect([body().value, beside()]).toEqual(["As it should be", []]);
    load({ body: "As somebody else wrote it" });
    expect([body().value, beside()]).toEqual(["As it should be", []]);
  });

  it("puts back what was corrected after a refusal", () => {
    load();
    type("Refused");
    submit();
    load({ body: "Refused" });
    type("Corrected");
    load();
    expect([body().value, beside()]).toEqual(["Corrected", []]);
  });

  it("fills a field that is empty now", () => {
    load({ body: "A prepared text" });
    type("A prepared text, made mine");
    load({ body: "" });
    expect(body().value).toBe("A prepared text, made mine");
  });

  it("is the same form on another page that shows it", () => {
    load({ at: ISSUE, body: "" });
    type("Written on the issue's page");
    load({ body: "" });
    expect(body().value).toBe("Written on the issue's page");
  });

  it("has not arrived where it is shown once more", () => {
    load({ body: "" });
    type("Not taken");
    submit();
    load({ body: "" });
    load({ at: ISSUE, body: "" });
    expect(body().value).toBe("Not taken");
  });

  it("is empty once it arrived at a page that has the form, too", () => {
    load({ at: ISSUE, body: "" });
    type("Taken");
    submit();
    load({ at: ISSUE, body: "" });
    expect(body().value).toBe("");
  });

  it("leaves no trace of what is for the office alone", () => {
    const more = '<input type="checkbox" name="for_everyone">';
    load({ body: "", more });
    type("For the office");
    expect(sessionStorage).toHaveLength(0);
    (document.querySelector("[name=for_everyone]") as HTMLInputElement).checked = true;
    type("For everyone");
    expect(sessionStorage).toHaveLength(1);
  });

  it("asks before a text is left behind that leaves no trace, and before no other", () => {
    const isAsked = (): boolean => !window.dispatchEvent(new Event("beforeunload", { cancelable: true }));
    load({ body: "", more: '<input type="checkbox" name="for_everyone">' });
    expect(isAsked()).toBe(false);
    type("For the office");
    expect(isAsked()).toBe(true);
    submit();
    expect(isAsked()).toBe(false);
    type("For the office, once more");
    (document.querySelector("[name=for_everyone]") as HTMLInputElement).checked = true;
    expect(isAsked()).toBe(false);
  });
});
