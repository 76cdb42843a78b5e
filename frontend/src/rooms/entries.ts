/** What an entry of the journal does to the page. Each is idempotent: told twice, it shows once. */

import type { EntryFrame } from "../realtime/wire";
import { bumpCard, raiseCard } from "./cards";
import type { RoomPage } from "./page";
import { isNote, postIn, showPost } from "./posts";
import { applyReaction } from "./reactions";

export interface EntriesDoor {
  /** A post that was not there before. */
  postAdded(post: HTMLElement, entry: EntryFrame, isLive: boolean): void;
  /** A post stands in the log, whether it was drawn now or before. */
  postShown(id: string): void;
  /** Somebody else wrote where the reader does not look. */
  unreadElsewhere(entry: EntryFrame): void;
  /** Only the server can word what changed. */
  changed(entry: EntryFrame): void;
  keepingScroll(change: () => void): void;
}

type Apply = (log: HTMLElement | null, page: RoomPage, entry: EntryFrame, isLive: boolean, door: EntriesDoor) => void;

const told: Apply = (log, page, entry, isLive, door) => {
  const isHere = entry.thread === page.thread;
  if (log && isHere) {
    door.keepingScroll(() => {
      const post = showPost(log, page, entry);
      if (post) door.postAdded(post, entry, isLive);
    });
    if (entry.post && postIn(log, entry.post)) door.postShown(entry.post);
  }
  // Office notes count nowhere and move nothing up: the server draws the list without them.
  if (entry.kind !== "post.added" || entry.stub || isNote(entry)) return;
  const isUnread = !isHere && entry.by?.mine !== true;
  bumpCard(entry, isUnread);
  if (isUnread) door.unreadElsewhere(entry);
};

const raised: Apply = (log, page, entry, isLive, door) => {
  if (entry.thread === page.thread) {
    told(log, page, entry, isLive, door);
    return;
  }
  if (raiseCard(entry) && entry.by && !entry.by.mine) door.unreadElsewhere(entry);
};

const reacted: Apply = (log, _page, entry) => {
  const post = log && entry.post ? postIn(log, entry.post) : null;
  if (post) applyReaction(post, entry);
};

const changed: Apply = (_log, _page, entry, _isLive, door) => {
  door.changed(entry);
};

const seen: Apply = (_log, page, entry, isLive, door) => {
  if (isLive && entry.thread === page.thread) door.changed(entry);
};

const APPLIED: Readonly<Record<string, Apply>> = {
  "thread.raised": raised,
  "thread.released": changed,
  "thread.held": changed,
  "thread.moved": changed,
  "thread.acknowledged": changed,
  "thread.seen_by_office": seen,
  "carriage.updated": changed,
  "post.added": told,
  "post.edited": told,
  "post.withdrawn": told,
  "post.hidden": told,
  "post.reacted": reacted,
};

/** Kinds that this page does not know are none of its business. */
export function applyEntry(page: RoomPage, log: HTMLElement | null, entry: EntryFrame, isLive: boolean, door: EntriesDoor): void {
  const apply = Object.hasOwn(APPLIED, entry.kind) ? APPLIED[entry.kind] : undefined;
  apply?.(log, page, entry, isLive, door);
}
