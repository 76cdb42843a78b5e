/**
 * `data-keeps="person"`: what is typed into a form stays in the tab until it has arrived, through a reload
 * and a session that ended meanwhile. `data-arrives` begins the address to which the form leads when it was
 * taken. Whoever wants to be shielded leaves no trace here.
 */

import { DRAFTS_CLEARED } from "./forms";

const PREFIX = "form:";
const PAUSE_MS = 300;
type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

interface Kept {
  fields: [name: string, value: string][];
  /** Begins the address that proves the arrival; empty until it is sent. */
  arrives: string;
}

const nameOf = (form: HTMLFormElement): string => `${PREFIX}${form.dataset.keeps ?? ""}:${location.pathname}`;

function fieldsOf(form: HTMLFormElement): Field[] {
  const all = form.querySelectorAll<Field>("input:not([type=hidden], [type=checkbox], [type=radio]), textarea, select");
  return [...all].filter((field) => field.name);
}

const isShielded = (form: HTMLFormElement): boolean =>
  fieldsOf(form).some((field) => field.name === "byline" && field.value === "shielded");

const isTyped = (field: Field): boolean => !(field instanceof HTMLSelectElement) && Boolean(field.value.trim());

function keep(form: HTMLFormElement, arrives = ""): void {
  const fields = fieldsOf(form);
  try {
    if (isShielded(form) || !fields.some(isTyped)) sessionStorage.removeItem(nameOf(form));
    else {
      const kept: Kept = { fields: fields.map((field) => [field.name, field.value]), arrives };
      sessionStorage.setItem(nameOf(form), JSON.stringify(kept));
    }
  } catch {
    // A full storage: the text is still in the form.
  }
}

/** What the server gave back with its reasons stands; only an empty form is filled. */
function restore(form: HTMLFormElement): void {
  const kept = sessionStorage.getItem(nameOf(form));
  if (!kept || fieldsOf(form).some(isTyped)) return;
  const values = new Map((JSON.parse(kept) as Kept).fields);
  for (const field of fieldsOf(form)) {
    const value = values.get(field.name);
    if (value !== undefined) field.value = value;
  }
}

function forgetWhatArrived(): void {
  const names = Object.keys(sessionStorage).filter((name) => name.startsWith(PREFIX));
  for (const name of names) {
    const { arrives } = JSON.parse(sessionStorage.getItem(name) ?? "{}") as Partial<Kept>;
    if (arrives && location.pathname.startsWith(arrives)) sessionStorage.removeItem(name);
  }
}

export function keepForms(): void {
  forgetWhatArrived();
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-keeps]")) {
    restore(form);
    const leaving = new AbortController();
    let pause: ReturnType<typeof setTimeout> | undefined;
    const keepNow = (): void => {
      clearTimeout(pause);
      keep(form);
    };
    const keepSoon = (): void => {
      clearTimeout(pause);
      pause = setTimeout(keepNow, PAUSE_MS);
    };
    const { signal } = leaving;
    form.addEventListener("input", keepSoon, { signal });
    form.addEventListener("change", keepNow, { signal });
    form.addEventListener("submit", () => {
      clearTimeout(pause);
      keep(form, form.dataset.arrives);
    }, { signal });
    document.addEventListener(DRAFTS_CLEARED, () => {
      clearTimeout(pause);
      leaving.abort();
    }, { signal });
  }
}
