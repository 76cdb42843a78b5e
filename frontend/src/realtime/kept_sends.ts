/** What was sent and not yet acked, kept in the session storage so that a reload loses nothing. */

import type { KeyedFrame } from "./outbox";

interface Said {
  byline?: string;
  office_only?: boolean;
  thread?: string;
}

/** Threads held because somebody is in danger, as the server says. */
const heldThreads = new Set<string>();

export function keepNothingOf(thread: string, isHeld: boolean): void {
  if (isHeld) heldThreads.add(thread);
  else heldThreads.delete(thread);
}

/**
 * Never on the disk of a shared computer: what a shielded author wrote, what is for the office only, and what
 * is said in a held thread.
 */
export function mayBeKept({ byline, office_only, thread }: Said): boolean {
  return byline !== "shielded" && office_only !== true && !(thread !== undefined && heldThreads.has(thread));
}

export interface KeptSends {
  load(): KeyedFrame[];
  save(frames: readonly KeyedFrame[]): void;
}

const isKeyed = (value: unknown): value is KeyedFrame =>
  typeof value === "object" && value !== null && "key" in value && "t" in value;

/** `me` is part of the name: another person who signs in on the same tab never sends what was not theirs. */
export function keptSends(me: string, isCleared: () => boolean): KeptSends {
  const name = `sends:${me}`;
  return {
    load: () => {
      try {
        const held: unknown = JSON.parse(sessionStorage.getItem(name) ?? "[]");
        return Array.isArray(held) ? held.filter(isKeyed) : [];
      } catch {
        return [];
      }
    },
    save: (frames) => {
      if (isCleared()) return;
      const kept = frames.filter((frame) => mayBeKept(frame as Said));
      try {
        if (kept.length) sessionStorage.setItem(name, JSON.stringify(kept));
        else sessionStorage.removeItem(name);
      } catch {
        // A full storage must not stop the sending itself.
      }
    },
  };
}
