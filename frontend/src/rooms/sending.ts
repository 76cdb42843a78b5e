/** One's own post between pressing "send" and its arrival: shown at the end of the log, never twice. */

import { hasTemplate } from "../dom/template";
import type { SendState } from "../realtime/outbox";
import type { PostFrame } from "../realtime/wire";
import { showMoment } from "./moments";
import { partFrom, showWhen, slotIn } from "./parts";

export interface SendingDoor {
  again(key: string): void;
  takeBack(key: string): void;
  mayBeTakenBack(key: string): boolean;
}

export class Sending {
  private readonly rows = new Map<string, HTMLElement>();
  /** Rows put away because an own post arrived before its ack: key → that post. */
  private readonly guessed = new Map<string, string>();

  constructor(private readonly log: HTMLElement, private readonly door: SendingDoor) {}

  show(frame: PostFrame, state: SendState): void {
    const row = this.rows.get(frame.key) ?? this.add(frame);
    row.classList.toggle("is-sending", state === "sending");
    row.classList.toggle("is-failed", state === "failed");
    showWhen(row, new Set([state, ...(frame.office_only ? ["note"] : [])]));
    const back = row.querySelector<HTMLElement>('[data-does="take-back"]');
    if (back) back.hidden ||= !this.door.mayBeTakenBack(frame.key);
  }

  /**
   * An own post arrived. Entries carry no key, so it is taken for the post that is under way
   * (they leave one after the other); the ack says whether that was right.
   */
  arrived(post: string, leading: string | undefined): void {
    const row = leading === undefined ? undefined : this.rows.get(leading);
    if (leading === undefined || !row || this.guessed.has(leading)) return;
    row.hidden = true;
    this.guessed.set(leading, post);
  }

  /** Acked as `post`: the row goes when the post itself is in the log; until then it says "sent". */
  acked(key: string, post: string | undefined, isShown: (post: string) => boolean): void {
    const row = this.rows.get(key);
    if (!row) return;
    const guess = this.guessed.get(key);
    this.guessed.delete(key);
    if (post === undefined || guess === post || isShown(post)) {
      this.remove(key);
      return;
    }
    row.hidden = false;
    row.dataset.becomes = post;
    row.classList.remove("is-sending", "is-failed");
    showWhen(row, new Set(["sent"]));
  }

  /** The post stands in the log now: the row that became it goes. */
  settled(post: string): void {
    for (const [key, row] of this.rows) if (row.dataset.becomes === post) this.remove(key);
  }

  remove(key: string): void {
    this.rows.get(key)?.remove();
    this.rows.delete(key);
    this.guessed.delete(key);
  }

  /** After a snapshot replaced the log, what is under way still stands at its end. */
  putBack(isShown: (post: string) => boolean): void {
    for (const [key, row] of this.rows) {
      if (row.dataset.becomes !== undefined && isShown(row.dataset.becomes)) this.remove(key);
      else this.log.append(row);
    }
  }

  private add(frame: PostFrame): HTMLElement {
    const row = hasTemplate("sending-template")
      ? partFrom("sending-template", {}, new Set(["sending", "failed", "sent", "note"]))
      : document.createElement("article");
    row.dataset.key = frame.key;
    // The writer knows what they wrote; a screen reader need not repeat it.
    row.setAttribute("aria-live", "off");
    const body = slotIn(row, "body");
    if (body) {
      body.textContent = frame.body;
      body.classList.add("is-plain");
    }
    showMoment(slotIn(row, "time"), new Date().toISOString());
    row.addEventListener("click", ({ target }) => {
      const does = (target as Element).closest<HTMLElement>("[data-does]")?.dataset.does;
      // Either way the pressed button goes out of sight, and the focus must not go with it.
      if (does) this.log.focus({ preventScroll: true });
      if (does === "again") this.door.again(frame.key);
      if (does === "take-back") this.door.takeBack(frame.key);
    });
    this.rows.set(frame.key, row);
    this.log.append(row);
    return row;
  }
}
