/**
 * `data-keeps="person"`: what is typed into a form stays in the tab until it has arrived, through a reload
 * and a session that ended meanwhile. `data-arrives` is the address to which the form leads when it was taken,
 * ending in `*` where a name follows that nobody knows before.
 *
 * What was kept is put back only where it takes the place of nothing: the field is empty, or holds what the
 * server had put there when the typing began. Otherwise the field stays as the server shows it now, and what
 * was kept stands beside it with a button.
 *
 * No trace stays of what is shielded, for the office alone or about somebody in danger: the server says so by
 * `data-leaves-no-trace`, and where it is chosen in the form, the choice does. Before such a text is left behind
 * the browser asks.
 */

import { fitToText } from "./autosize";
import { DRAFTS_CLEARED } from "./forms";
import { PREFIX, read, write } from "./kept_storage";
import { lookWhatIsLeft } from "./left";
import { cloneTemplate, fillSlots, hasTemplate } from "./template";

const PAUSE_MS = 300;
type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

/** What each field held before the typing began. */
const begun = new WeakMap<Field, string>();
/** Texts that stand beside a field. */
const beside = new WeakMap<HTMLFormElement, [name: string, text: string][]>();

/** A form is the same wherever it is shown: what counts is where it goes. */
function nameOf(form: HTMLFormElement): string {
  const { pathname } = new URL(form.getAttribute("action") ?? location.pathname, location.href);
  return `${PREFIX}${form.dataset.keeps ?? ""}:${pathname}`;
}

function fieldsOf(form: HTMLFormElement): Field[] {
  const all = form.querySelectorAll<Field>("input:not([type=hidden], [type=checkbox], [type=radio]), textarea, select");
  return [...all].filter((field) => field.name);
}

function leavesNoTrace(form: HTMLFormElement): boolean {
  if ("leavesNoTrace" in form.dataset) return true;
  if (fieldsOf(form).some((field) => field.name === "byline" && field.value === "shielded")) return true;
  const everyone = form.querySelector<HTMLInputElement>("[name=for_everyone]");
  return everyone !== null && !everyone.checked;
}

function serversValue(field: Field): string {
  if (!(field instanceof HTMLSelectElement)) return field.defaultValue;
  const options = [...field.options];
  return (options.find((option) => option.defaultSelected) ?? options[0])?.value ?? "";
}

const isText = (field: Field): boolean => !(field instanceof HTMLSelectElement);
const isChanged = (field: Field): boolean => field.value.trim() !== (begun.get(field) ?? "").trim();

function keep(form: HTMLFormElement, arrives = ""): void {
  const changed = fieldsOf(form).filter(isChanged);
  const others = beside.get(form) ?? [];
  if (leavesNoTrace(form) || !(changed.some(isText) || others.length)) sessionStorage.removeItem(nameOf(form));
  else {
    const fields = changed.map((field): [string, string, string] => [field.name, field.value, begun.get(field) ?? ""]);
    write(nameOf(form), { fields, beside: others, arrives });
  }
}

function restore(form: HTMLFormElement): void {
  const kept = read(nameOf(form));
  for (const field of fieldsOf(form)) {
    begun.set(field, serversValue(field));
    const known = kept?.fields.find(([name]) => name === field.name);
    if (known) putBack(form, field, { value: known[1], was: known[2] });
  }
  for (const [name, text] of kept?.beside ?? []) {
    const field = fieldsOf(form).find((one) => one.name === name);
    if (field) show(form, field, text);
  }
  // Here the form is once more, so it has not arrived.
  if (kept) keep(form);
}

function putBack(form: HTMLFormElement, field: Field, { value, was }: { value: string; was: string }): void {
  const server = serversValue(field);
  if (server === value) begun.set(field, was); // this page answers to what was sent
  else if (field.value !== server) return; // the browser has put something back by itself
  else if (server === was || !server) {
    field.value = value;
    fit(field);
  } else if (isText(field)) show(form, field, value);
}

/** Both stand there, and nothing is overwritten unasked. */
function show(form: HTMLFormElement, field: Field, text: string): void {
  const shown = beside.get(form) ?? [];
  const isThere = shown.some(([name, other]) => name === field.name && other === text);
  if (isThere || field.value === text || !text.trim() || !hasTemplate("kept-template")) return;
  beside.set(form, [...shown, [field.name, text]]);
  const block = cloneTemplate("kept-template");
  fillSlots(block, { text });
  block.querySelector("button")?.addEventListener("click", () => {
    field.value = text;
    fit(field);
    beside.set(form, (beside.get(form) ?? []).filter(([name, other]) => name !== field.name || other !== text));
    block.remove();
    field.focus();
    keep(form);
  });
  field.after(block);
}

function fit(field: Field): void {
  if (field instanceof HTMLSelectElement) return;
  if (field instanceof HTMLTextAreaElement) fitToText(field);
  lookWhatIsLeft(field);
}

/** Only the page that follows tells: whoever comes to that address by way of another one has not arrived. */
function forgetWhatArrived(): void {
  for (const name of Object.keys(sessionStorage).filter((one) => one.startsWith(PREFIX))) {
    const kept = read(name);
    if (!kept?.arrives) continue;
    const { arrives } = kept;
    const stem = arrives.endsWith("*") ? arrives.slice(0, -1) : "";
    const isUnder = stem !== "" && location.pathname.startsWith(stem) && location.pathname !== stem;
    if (isUnder || arrives === location.pathname) sessionStorage.removeItem(name);
    else write(name, { ...kept, arrives: "" });
  }
}

function listen(form: HTMLFormElement): void {
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
  let isSent = false;
  form.addEventListener("input", () => {
    isSent = false;
    keepSoon();
  }, { signal });
  form.addEventListener("change", keepNow, { signal });
  form.addEventListener("submit", () => {
    clearTimeout(pause);
    isSent = true;
    const address = form.dataset.arrives;
    keep(form, address && new URL(address, location.href).pathname);
  }, { signal });
  window.addEventListener("beforeunload", (event) => {
    const isTyped = fieldsOf(form).some((field) => isText(field) && isChanged(field));
    if (!isSent && isTyped && leavesNoTrace(form)) event.preventDefault();
  }, { signal });
  document.addEventListener(DRAFTS_CLEARED, () => {
    clearTimeout(pause);
    leaving.abort();
  }, { signal });
}

export function keepForms(): void {
  forgetWhatArrived();
  for (const form of document.querySelectorAll<HTMLFormElement>("form:is([data-keeps], [data-leaves-no-trace])")) {
    restore(form);
    listen(form);
  }
}
