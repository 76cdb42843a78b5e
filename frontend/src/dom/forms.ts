/** Forms: asked before (`data-confirm`), sent once (`data-once`), drafts cleared at sign-out (`data-clears-drafts`). */

import { cloneTemplate, fillSlots, hasTemplate } from "./template";

/** Sent on `document` when somebody signs out, so that nobody writes drafts into the emptied storage. */
export const DRAFTS_CLEARED = "dialogue:drafts-cleared";

const BUSY_AFTER_MS = 1000;
const confirmed = new WeakSet<HTMLFormElement>();
const underWay = new WeakSet<HTMLFormElement>();

function questionOf(form: HTMLFormElement, submitter: HTMLElement | null): string | undefined {
  return submitter?.dataset.confirm ?? form.dataset.confirm;
}

/** Ask in a dialog of the page; the form goes on only after yes. */
function ask(question: string, form: HTMLFormElement, submitter: HTMLElement | null): void {
  const dialog = cloneTemplate("confirm-template") as HTMLDialogElement;
  fillSlots(dialog, { question });
  const answer = submitter?.textContent.trim();
  if (answer) fillSlots(dialog, { answer });
  document.body.append(dialog);
  dialog.addEventListener("close", () => {
    dialog.remove();
    if (dialog.returnValue !== "yes") return;
    confirmed.add(form);
    form.requestSubmit(submitter);
  });
  dialog.showModal();
}

function clearDrafts(): void {
  sessionStorage.clear();
  document.dispatchEvent(new Event(DRAFTS_CLEARED));
}

function showBusyLater(form: HTMLFormElement, submitter: HTMLElement | null): void {
  setTimeout(() => {
    if (!underWay.has(form)) return;
    form.setAttribute("aria-busy", "true");
    submitter?.setAttribute("aria-busy", "true");
  }, BUSY_AFTER_MS);
}

function onSubmit(event: SubmitEvent): void {
  const form = event.target;
  if (!(form instanceof HTMLFormElement)) return;
  const question = questionOf(form, event.submitter);
  if (question && !confirmed.delete(form) && hasTemplate("confirm-template")) {
    event.preventDefault();
    ask(question, form, event.submitter);
    return;
  }
  if ("clearsDrafts" in form.dataset) clearDrafts();
  if (!("once" in form.dataset) || event.defaultPrevented) return;
  if (underWay.has(form)) {
    event.preventDefault();
    return;
  }
  underWay.add(form);
  showBusyLater(form, event.submitter);
}

/** The back button brings a page as it was left: a form under way must be free again. */
function onPageShow(): void {
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-once]")) {
    underWay.delete(form);
    form.removeAttribute("aria-busy");
    for (const button of form.querySelectorAll("[aria-busy]")) button.removeAttribute("aria-busy");
  }
}

export function guardForms(): void {
  document.addEventListener("submit", onSubmit);
  window.addEventListener("pageshow", onPageShow);
}
