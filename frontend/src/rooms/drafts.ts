/** Unfinished texts, one a thread and person, in the session storage of the tab until they are sent. */

import { DRAFTS_CLEARED } from "../dom/forms";

let isSignedOut = false;
document.addEventListener(DRAFTS_CLEARED, () => {
  isSignedOut = true;
});

export const draftsAreCleared = (): boolean => isSignedOut;

export class Draft {
  private readonly name: string;

  constructor(me: string, thread: string) {
    this.name = `draft:${me}:${thread}`;
  }

  get text(): string {
    return sessionStorage.getItem(this.name) ?? "";
  }

  /** `mayStay` is false for what a shielded author writes, office notes and held threads: those leave no trace here. */
  keep(text: string, mayStay: boolean): void {
    try {
      if (isSignedOut || !mayStay || !text.trim()) sessionStorage.removeItem(this.name);
      else sessionStorage.setItem(this.name, text);
    } catch {
      // A full storage: the text is still in the field.
    }
  }
}
