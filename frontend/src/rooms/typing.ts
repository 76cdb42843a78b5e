/** Who is writing: told at most every three seconds, shown for a few seconds after the last word of it. */

import { hasTemplate } from "../dom/template";
import { say } from "../realtime/wire";
import type { ClientFrame, Person } from "../realtime/wire";
import { partFrom } from "./parts";

const TELL_EVERY_MS = 3_000;
const SHOWN_FOR_MS = 6_000;

export class TypingShown {
  private readonly people = new Map<string, { name: string; timer: ReturnType<typeof setTimeout> }>();

  constructor(private readonly place: HTMLElement | null) {}

  heard({ id, name, organisation }: Person): void {
    clearTimeout(this.people.get(id)?.timer);
    const timer = setTimeout(() => {
      this.stopped(id);
    }, SHOWN_FOR_MS);
    this.people.set(id, { name: name || (organisation ?? ""), timer });
    this.draw();
  }

  /** A post arrived: whoever wrote it has finished. Frames do not say who it was, so all are asked again. */
  wrote(): void {
    for (const { timer } of this.people.values()) clearTimeout(timer);
    this.people.clear();
    this.draw();
  }

  private stopped(id: string): void {
    this.people.delete(id);
    this.draw();
  }

  private draw(): void {
    if (!this.place || !hasTemplate("typing-template")) return;
    const [first] = this.people.values();
    if (!first) {
      this.place.replaceChildren();
      return;
    }
    const sentence = partFrom("typing-template", {}, new Set());
    const words = this.people.size === 1 ? sentence.dataset.one : sentence.dataset.several;
    sentence.textContent = (words ?? "").replace("{who}", first.name);
    this.place.replaceChildren(sentence);
  }
}

/** A function to call at every key; it tells the others, seldom. */
export function tellTyping(
  frame: { stream: string; thread: string },
  mayTell: () => boolean,
  send: (frame: ClientFrame) => boolean,
): () => void {
  let toldAt = -Infinity;
  return () => {
    if (!mayTell() || Date.now() - toldAt < TELL_EVERY_MS) return;
    if (send(say.typing(frame))) toldAt = Date.now();
  };
}
