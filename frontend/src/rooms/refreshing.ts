/** Fetches the page anew: after a change that only the server can word, and after a reset. */

import type { Live, Places } from "../realtime/live";
import type { End } from "../realtime/reconnect";
import { logIn, placesOf, rootIn } from "./page";
import { fetchPage, mergeEvents, NoAccess, SignedOut, swapAll, swapParts, swapRoom } from "./snapshot";

/** Not all pages of a room at the same moment. */
const WITHIN_MS = 400;
const TRIES = 3;

export interface RefreshingDoor {
  ended(end: End): void;
  threadIsGone(isGone: boolean): void;
}

export class Refreshing {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private isUnderWay = false;
  private asked = 0;

  constructor(
    private readonly root: HTMLElement,
    private readonly live: Live,
    /** Runs each exchange of parts of the page. */
    private readonly exchanging: (swap: () => void) => void,
    private readonly random: () => number = Math.random,
  ) {}

  /** Head, rail, cards and lines about moves; posts stay as they are. */
  soon(isMine: boolean): void {
    if (this.isUnderWay) {
      this.asked += 1;
      return;
    }
    this.timer ??= setTimeout(() => void this.refresh(), isMine ? 0 : this.random() * WITHIN_MS);
  }

  /** Everything, for a page that lost its place. Answers nothing when there is nothing more to follow. */
  async all(door: RefreshingDoor): Promise<Places> {
    try {
      const page = await fetchPage().catch(async (error: unknown) => {
        if (!(error instanceof NoAccess)) throw error;
        return this.fetchRoom(error);
      });
      const isThere = rootIn(page)?.dataset.thread === this.root.dataset.thread;
      door.threadIsGone(!isThere);
      let places: Places = new Map();
      this.exchanging(() => {
        places = isThere ? swapAll(page, this.root) : swapRoom(page, this.root);
      });
      return places;
    } catch (error) {
      if (error instanceof SignedOut) door.ended("signed_out");
      else if (error instanceof NoAccess) door.ended("no_access");
      else throw error;
      return new Map();
    }
  }

  /** The thread is out of sight: perhaps the room is not. */
  private async fetchRoom(otherwise: NoAccess): Promise<DocumentFragment> {
    const room = document.querySelector('.room-link[aria-current="page"]')?.getAttribute("href");
    if (!room || !this.root.dataset.thread) throw otherwise;
    return fetchPage(room);
  }

  private async refresh(): Promise<void> {
    this.timer = undefined;
    this.isUnderWay = true;
    const { asked } = this;
    try {
      await this.swapWhenFresh();
    } catch {
      // The way of a reset: it tries until it succeeds, and says who is signed out.
      void this.live.refetch();
    } finally {
      this.isUnderWay = false;
      if (this.asked !== asked) this.soon(false);
    }
  }

  /** What arrived while the page was under way is not taken away again by an older answer. */
  private async swapWhenFresh(): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      const page = await fetchPage();
      if (!this.isFresh(page) && attempt < TRIES) continue;
      const [log, fresh] = [logIn(this.root), logIn(page)];
      this.exchanging(() => {
        swapParts(page);
        if (log && fresh) mergeEvents(log, fresh);
      });
      return;
    }
  }

  private isFresh(page: DocumentFragment): boolean {
    const root = rootIn(page);
    return root !== null && this.live.isFresh(placesOf(root));
  }
}
