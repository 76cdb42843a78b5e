/** The text field: sends by Ctrl or Cmd and Enter or the button; Enter alone begins a new line. */

import { fitToText } from "../dom/autosize";
import { lookWhatIsLeft } from "../dom/left";
import { newKey } from "../realtime/keys";
import { keepNothingOf, mayBeKept } from "../realtime/kept_sends";
import { say } from "../realtime/wire";
import type { Byline, Language, PostFrame } from "../realtime/wire";
import { Draft } from "./drafts";
import { slotIn } from "./parts";
import { excerptOf, postIn } from "./posts";

export interface ComposerDoor {
  send(frame: PostFrame): void;
  typed(): void;
}

export class Composer {
  private readonly body: HTMLTextAreaElement;
  private readonly draft: Draft;

  constructor(
    readonly form: HTMLFormElement,
    private readonly place: { stream: string; thread: string; me: string },
    private readonly door: ComposerDoor,
  ) {
    this.body = form.elements.namedItem("body") as HTMLTextAreaElement;
    this.draft = new Draft(place.me, place.thread);
    keepNothingOf(place.thread, "keepsNothing" in form.dataset);
    if (!this.body.value && this.draft.text) {
      this.write(this.draft.text);
      this.say(form.dataset.draftKept ?? "");
    }
    this.listen();
    this.look();
  }

  /** Whether others may know that something is being written. */
  get isOpenlyWriting(): boolean {
    return mayBeKept({ ...this.choices, thread: this.place.thread });
  }

  get hasText(): boolean {
    return this.body.value.trim() !== "";
  }

  /** A post was refused for good: its text comes back, before whatever was begun since. */
  giveBack(frame: PostFrame, reason: string): void {
    const begun = this.body.value;
    this.set("byline", frame.byline);
    this.set("reply_to", frame.reply_to ?? "");
    const office = this.form.elements.namedItem("office_only");
    if (office instanceof HTMLInputElement) office.checked = frame.office_only === true;
    this.write(begun.trim() ? `${frame.body}\n\n${begun}` : frame.body);
    this.look();
    this.say(reason);
  }

  answer(log: HTMLElement, post: string | null): void {
    const answered = post === null ? null : postIn(log, post);
    this.set("reply_to", answered ? (post ?? "") : "");
    const line = slotIn(this.form, "replying");
    if (line) line.hidden = !answered;
    const words = slotIn(this.form, "replying-to");
    if (answered && words) {
      const excerpt = excerptOf(answered);
      words.textContent = excerpt.words;
      words.lang = excerpt.lang;
    }
    this.body.focus();
  }

  focus(): void {
    this.body.focus();
  }

  /** Said to everybody, and to a screen reader: the words come from the server. */
  say(words: string): void {
    const status = slotIn(this.form, "status");
    if (status && status.textContent !== words) status.textContent = words;
  }

  private get choices(): { byline: string; office_only: boolean } {
    const chosen = new FormData(this.form);
    return { byline: text(chosen, "byline"), office_only: chosen.get("office_only") !== null };
  }

  private listen(): void {
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.submit();
    });
    this.body.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.isComposing || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      this.submit();
    });
    this.form.addEventListener("input", () => {
      this.look();
      this.say("");
      if (this.hasText) this.door.typed();
    });
  }

  private submit(): void {
    if (!this.hasText) {
      this.body.focus();
      return;
    }
    this.door.send(this.frame());
    this.write("");
    this.look();
    this.say("");
    this.set("reply_to", "");
    const line = slotIn(this.form, "replying");
    if (line) line.hidden = true;
    this.body.focus();
  }

  private frame(): PostFrame {
    const chosen = new FormData(this.form);
    const { byline, office_only } = this.choices;
    const [reply_to, lang] = [text(chosen, "reply_to"), text(chosen, "lang")];
    return say.post({
      key: newKey(),
      stream: this.place.stream,
      thread: this.place.thread,
      body: this.body.value,
      ...(byline && !office_only ? { byline: byline as Byline } : {}),
      ...(lang ? { lang: lang as Language } : {}),
      ...(reply_to ? { reply_to } : {}),
      ...(office_only ? { office_only } : {}),
    });
  }

  private write(words: string): void {
    this.body.value = words;
    fitToText(this.body);
    lookWhatIsLeft(this.body);
  }

  /** Keep what may be kept, and show how it will be signed. */
  private look(): void {
    const { byline, office_only } = this.choices;
    this.draft.keep(this.body.value, this.isOpenlyWriting);
    this.form.classList.toggle("is-note", office_only);
    this.form.classList.toggle("is-shielded", byline === "shielded" && !office_only);
  }

  private set(name: string, value: string | undefined): void {
    const field = this.form.elements.namedItem(name);
    if (value === undefined || !field) return;
    if (field instanceof RadioNodeList || field instanceof HTMLInputElement || field instanceof HTMLSelectElement) {
      field.value = value;
    }
  }
}

function text(data: FormData, name: string): string {
  const value = data.get(name);
  return typeof value === "string" ? value : "";
}
