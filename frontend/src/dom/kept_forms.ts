/**
 * `data-keeps="person"`: what is typed into a form, and what is chosen beside it, stays in the tab until it has
 * arrived, through a reload and a session that ended meanwhile. `data-arrives` is the address to which the form
 * leads when it was taken, ending in `*` where a name follows that nobody knows before.
 *
 * What was kept is put back only where it takes the place of nothing: the field is empty, or holds what the
 * server had put there when the typing began. Otherwise the field stays as the server shows it now, and what
 * was kept stands beside it with a button.
 *
 * No trace stays where the server says so by `data-leaves-no-trace` (what a shielded author writes about their own
 * post or thread, an edited note for the office alone, whatever is said about a held thread or to hold one), and
 * none while the form itself says so: its `byline` is "shielded", or its `for_everyone` is not ticked. Before such
 * a text is left behind the browser asks. All else is kept, also the long forms of the office (to take up, draft,
 * revise, return, reword): in the tab of the one who fills them in.
 */

import { fitToText } from "./autosize";
import { DRAFTS_CLEARED } from "./forms";
import { type Answer, type Field, answersOf } from "./kept_answers";
import { PREFIX, read, write } from "./kept_storage";
import { lookWhatIsLeft } from "./left";
import { cloneTemplate, fillSlots, hasTemplate } from "./template";

const PAUSE_MS = 300;

/** What each field held before the typing began. */
const begun = new WeakMap<Field, string>();
/** Texts that stand beside a field. */
const beside = new WeakMap<HTMLFormElement, [name: string, text: string][]>();

/** A form is the same wherever it is shown: what counts is where it goes. */
function nameOf(form: HTMLFormElement): string {
  const { pathname } = new URL(form.getAttribute("action") ?? location.pathname, location.href);
  return `${PREFIX}${form.dataset.keeps ?? ""}:${pathname}`;
}

function leavesNoTrace(form: HTMLFormElement): boolean {
  if ("leavesNoTrace" in form.dataset) return true;
  const isSaid = (name: string, value: string): boolean =>
    answersOf(form).some((answer) => answer.name === name && answer.value === value);
  return isSaid("byline", "shielded") || isSaid("for_everyone", "");
}

const isChanged = ({ field, value }: Answer): boolean => value.trim() !== (begun.get(field) ?? "").trim();

/** Leaving now would lose what was typed into it: it is kept nowhere else. */
export function holdsTheOnlyCopy(form: HTMLFormElement): boolean {
  return leavesNoTrace(form) && answersOf(form).some((answer) => answer.isText && isChanged(answer));
}

function keep(form: HTMLFormElement, arrives = ""): void {
  const changed = answersOf(form).filter(isChanged);
  const others = beside.get(form) ?? [];
  if (leavesNoTrace(form) || !(changed.some(({ isText }) => isText) || others.length)) sessionStorage.removeItem(nameOf(form));
  else {
    const fields = changed.map(({ name, value, field }): [string, string, string] => [name, value, begun.get(field) ?? ""]);
    write(nameOf(form), { fields, beside: others, arrives });
  }
}

function restore(form: HTMLFormElement): void {
  const kept = read(nameOf(form));
  const answers = answersOf(form);
  for (const answer of answers) {
    begun.set(answer.field, answer.server);
    const known = kept?.fields.find(([name]) => name === answer.name);
    if (known) putBack(form, answer, { value: known[1], was: known[2] });
  }
  for (const [name, text] of kept?.beside ?? []) {
    const answer = answers.find((one) => one.name === name);
    if (answer) show(form, answer, text);
  }
  // Here the form is once more, so it has not arrived.
  if (kept) keep(form);
}

function putBack(form: HTMLFormElement, answer: Answer, { value, was }: { value: string; was: string }): void {
  const { field, server } = answer;
  if (server === value) begun.set(field, was); // this page answers to what was sent
  else if (answer.value !== server) return; // the browser has put something back by itself
  else if (server === was || !server) {
    answer.value = value;
    fit(field);
  } else if (answer.isText) show(form, answer, value);
}

/** Both stand there, and nothing is overwritten unasked. */
function show(form: HTMLFormElement, { name, field }: Answer, text: string): void {
  const shown = beside.get(form) ?? [];
  const isThere = shown.some(([known, other]) => known === name && other === text);
  if (isThere || field.value === text || !text.trim() || !hasTemplate("kept-template")) return;
  beside.set(form, [...shown, [name, text]]);
  const block = cloneTemplate("kept-template");
  fillSlots(block, { text });
  block.querySelector("button")?.addEventListener("click", () => {
    field.value = text;
    fit(field);
    beside.set(form, (beside.get(form) ?? []).filter(([known, other]) => known !== name || other !== text));
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
    if (!isSent && holdsTheOnlyCopy(form)) event.preventDefault();
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
