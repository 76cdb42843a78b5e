import { beforeEach, describe, expect, it, vi } from "vitest";

import { focused, putBoard } from "./fake_board";
import { Keys } from "./keys";
import { Tickets } from "./tickets";

const done: string[] = [];
const abort = { current: new AbortController() };

function press(code: string, more: KeyboardEventInit = {}, target: Element = document.body): boolean {
  const event = new KeyboardEvent("keydown", { code, key: "ж", bubbles: true, cancelable: true, ...more });
  target.dispatchEvent(event);
  return event.defaultPrevented;
}

const legend = (): HTMLElement => document.querySelector("[data-keys]") as HTMLElement;
const box = (): HTMLInputElement => document.querySelector('[data-slot="keys-on"]') as HTMLInputElement;
const dialog = (): HTMLDialogElement => document.querySelector("dialog") as HTMLDialogElement;

/** Each page adds its listener to the document: those of the tests before are taken away. */
function begin(): void {
  abort.current.abort();
  abort.current = new AbortController();
  const { signal } = abort.current;
  const add = document.addEventListener.bind(document);
  vi.spyOn(document, "addEventListener").mockImplementation((type: string, listener: unknown) => {
    add(type, listener as EventListener, { signal });
  });
  const verbs = ["acknowledge", "take", "escalate", "ask", "answer"];
  const root = putBoard({ columns: [[{ id: "a", verbs }, { id: "b" }], [{ id: "c", verbs: ["answer"] }]] });
  new Keys(root, new Tickets(root), legend()).start();
  vi.restoreAllMocks();
  done.length = 0;
  root.addEventListener("submit", (event) => {
    event.preventDefault();
    done.push(`send ${(event.target as HTMLFormElement).dataset.verb ?? ""}`);
  });
  root.addEventListener("click", (event) => {
    const link = (event.target as Element).closest<HTMLElement>("a");
    if (link) done.push(`open ${link.dataset.verb ?? link.dataset.show ?? ""}`);
  });
}

beforeEach(() => {
  sessionStorage.clear();
  localStorage.clear();
  begin();
});

describe("moving", () => {
  it("goes through the columns and stops at the ends", () => {
    const way = ["KeyJ", "KeyJ", "KeyJ", "KeyJ", "KeyK", "KeyK", "KeyK"].map((code) => {
      press(code);
      return focused();
    });
    expect(way).toEqual(["a", "b", "c", "c", "b", "a", "a"]);
    expect(document.querySelectorAll(".is-selected")).toHaveLength(1);
  });

  it("goes on where one was before the page came anew", () => {
    press("KeyJ");
    press("KeyJ");
    begin();
    press("KeyJ");
    expect(focused()).toBe("c");
  });

  it("starts from the ticket that was reached by Tab", () => {
    document.querySelector<HTMLElement>('[data-ticket="b"] a')?.focus();
    press("KeyJ");
    expect(focused()).toBe("c");
  });
});

describe("steps", () => {
  it("are those of the ticket, in any layout", () => {
    press("KeyJ");
    for (const code of ["KeyA", "KeyL", "KeyE"]) expect(press(code)).toBe(true);
    expect(done).toEqual(["send acknowledge", "send take", "open escalate"]);
  });

  it("do nothing where they are not offered, or nothing is chosen", () => {
    expect(press("KeyA")).toBe(false);
    press("KeyJ");
    press("KeyJ");
    for (const code of ["KeyA", "KeyL", "KeyE", "KeyR"]) expect(press(code)).toBe(false);
    expect(done).toEqual([]);
  });

  it("show the replies and send none", () => {
    press("KeyJ");
    press("KeyR");
    expect(document.querySelector("details")?.open).toBe(true);
    expect((document.activeElement as HTMLElement).dataset.verb).toBe("ask");
    expect(done).toEqual([]);
  });

  it("narrow the board to one's own, and back", () => {
    press("KeyM");
    document.querySelector('[data-show="all"]')?.removeAttribute("aria-current");
    document.querySelector('[data-show="mine"]')?.setAttribute("aria-current", "true");
    press("KeyM");
    expect(done).toEqual(["open mine", "open all"]);
  });

  it("act once, however long the key is held", () => {
    press("KeyJ");
    press("KeyA", { repeat: true });
    expect(done).toEqual([]);
  });
});

describe("rest", () => {
  it.each([{ ctrlKey: true }, { altKey: true }, { metaKey: true }, { shiftKey: true }])("with %o", (held) => {
    expect(press("KeyJ", held)).toBe(false);
    expect(focused()).toBeUndefined();
  });

  it("in fields", () => {
    expect(press("KeyJ", {}, document.getElementById("field") as Element)).toBe(false);
  });

  it("while a dialog is open", () => {
    dialog().setAttribute("open", "");
    expect(press("KeyJ")).toBe(false);
  });
});

describe("the list of keys", () => {
  it.each([
    { code: "Slash", key: ",", shiftKey: true },
    { code: "Digit7", key: "?", shiftKey: true },
  ])("opens by %o", ({ code, ...more }) => {
    const show = vi.spyOn(dialog(), "showModal").mockImplementation(() => undefined);
    press(code, more);
    expect(show).toHaveBeenCalledOnce();
  });

  it("is shown by script alone", () => {
    expect(legend().hidden).toBe(false);
  });

  it("switches all keys off, and remembers it", () => {
    box().checked = false;
    box().dispatchEvent(new Event("change"));
    const opens = vi.spyOn(dialog(), "showModal");
    for (const code of ["KeyJ", "Slash"]) expect(press(code, { shiftKey: code === "Slash" })).toBe(false);
    expect(opens).not.toHaveBeenCalled();
    begin();
    expect(box().checked).toBe(false);
    expect(press("KeyJ")).toBe(false);
    box().checked = true;
    box().dispatchEvent(new Event("change"));
    expect(press("KeyJ")).toBe(true);
  });
});
