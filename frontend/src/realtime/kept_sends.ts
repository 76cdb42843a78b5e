/** What was sent and not yet acked, kept in the session storage so that a reload loses nothing. */

import type { KeyedFrame } from "./outbox";

/** Never on the disk of a shared computer: what a shielded author wrote, and what is for the office only. */
export function mayBeKept(frame: { byline?: string; office_only?: boolean }): boolean {
  return frame.byline !== "shielded" && frame.office_only !== true;
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
      const kept = frames.filter((frame) => mayBeKept(frame as { byline?: string; office_only?: boolean }));
      try {
        if (kept.length) sessionStorage.setItem(name, JSON.stringify(kept));
        else sessionStorage.removeItem(name);
      } catch {
        // A full storage must not stop the sending itself.
      }
    },
  };
}
