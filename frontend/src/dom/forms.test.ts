import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { DRAFTS_CLEARED, guardForms } from "./forms";
import { htmlToFragment } from "./html";

guardForms();

const CONFIRM = `<template id="confirm-template"><dialog><h2 data-slot="question"></h2>
  <form method="dialog"><button value="no">no</button><button value="yes" data-slot="answer"></button></form></dialog></template>`;

function put(markup: string): HTMLFormElement {
  document.body.replaceChildren(htmlToFragment(markup + CONFIRM));
  return document.querySelector("form") as HTMLFormElement;
}

/** Submit as a browser would; true when it would really be sent. */
function submit(form: HTMLFormElement): boolean {
  const event = new SubmitEvent("submit", {
    bubbles: true,
    cancelable: true,
    submitter: form.querySelector("button"),
  });
  return form.dispatchEvent(event);
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe("a form marked data-once", () => {
  it("is sent once", () => {
    const form = put(`<form data-once><button>Send</button></form>`);
    expect([submit(form), submit(form)]).toEqual([true, false]);
  });

  it("says that it is busy only after a second", () => {
    const form = put(`<form data-once><button>Send</button></form>`);
    submit(form);
    vi.advanceTimersByTime(900);
    expect(form.getAttribute("aria-busy")).toBeNull();
    vi.advanceTimersByTime(200);
    expect(form.querySelector("button")?.getAttribute("aria-busy")).toBe("true");
  });

  it("is free again when the back button brings it back", () => {
    const form = put(`<form data-once><button>Send</button></form>`);
    submit(form);
    vi.advanceTimersByTime(1100);
    window.dispatchEvent(new Event("pageshow"));
    expect(form.getAttribute("aria-busy")).toBeNull();
    expect(submit(form)).toBe(true);
  });

  it("leaves forms without the mark alone", () => {
    const form = put(`<form><button>Send</button></form>`);
    expect([submit(form), submit(form)]).toEqual([true, true]);
  });
});

describe("a form marked data-confirm", () => {
  const dialog = (): HTMLDialogElement => document.querySelector("body > dialog") as HTMLDialogElement;

  it("asks first, in the words of the page", () => {
    const form = put(`<form data-confirm="Close the thread?"><button>Close it</button></form>`);
    expect(submit(form)).toBe(false);
    expect(dialog().querySelector("h2")?.textContent).toBe("Close the thread?");
    expect(dialog().querySelector("[value=yes]")?.textContent).toBe("Close it");
  });

  it("goes on after yes, and only then", () => {
    const form = put(`<form data-confirm="Sure?"><button>Do</button></form>`);
    const again = vi.spyOn(form, "requestSubmit").mockImplementation(() => undefined);
    submit(form);
    dialog().close("no");
    expect(again).not.toHaveBeenCalled();
    submit(form);
    dialog().close("yes");
    expect(again).toHaveBeenCalledOnce();
    expect(submit(form)).toBe(true);
  });
});

describe("signing out", () => {
  it("empties the session storage and tells whoever keeps drafts", () => {
    const heard = vi.fn();
    document.addEventListener(DRAFTS_CLEARED, heard);
    sessionStorage.setItem("draft", "text");
    submit(put(`<form data-clears-drafts><button>Sign out</button></form>`));
    expect(sessionStorage.length).toBe(0);
    expect(heard).toHaveBeenCalledOnce();
  });
});
