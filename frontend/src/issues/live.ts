/** The line of an issue's page to the server: on news the page is fetched anew, and what differs is exchanged. */

import { announce } from "../dom/announce";
import { holdsTheOnlyCopy } from "../dom/kept_forms";
import { focusWayIn, forgetPerson, isBegun, keepHeading } from "../dom/signed_out";
import { Live } from "../realtime/live";
import type { Link, LiveDoor, Places } from "../realtime/live";
import { LinkWords } from "../rooms/link_words";
import { copyPlaces, isEmptied, placesOf } from "../rooms/page";
import { fetchPage, NoAccess, SignedOut } from "../rooms/snapshot";
import { hideParts, swapParts } from "./parts";

/** Not all pages of an issue at the same moment. */
const WITHIN_MS = 400;
const TRIES = 3;

export function issueIn(page: ParentNode): HTMLElement | null {
  return page.querySelector<HTMLElement>("#issue[data-stream]");
}

export class IssueLive {
  readonly live: Live;
  private readonly words: LinkWords;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private isUnderWay = false;
  private asked = 0;

  constructor(
    private readonly root: HTMLElement,
    url: string,
    private readonly random: () => number = Math.random,
  ) {
    this.words = new LinkWords(root.querySelector(".connection"));
    const me = root.dataset.me ?? "";
    this.live = new Live({ url, me, places: placesOf(root), draftsAreCleared: () => true }, this.door());
  }

  start(): void {
    this.live.start();
  }

  private door(): LiveDoor {
    const nothing = (): void => undefined;
    return {
      apply: () => {
        this.soon();
      },
      snapshot: () => this.snapshot(),
      link: (link) => {
        this.linked(link);
      },
      // Nothing is written here. What a room's page left unsent goes from here, too, and that page shows what became of it.
      ephemeral: nothing,
      shown: nothing,
      acked: nothing,
      refused: nothing,
      sayByForm: nothing,
    };
  }

  private soon(): void {
    if (this.isUnderWay) this.asked += 1;
    else this.timer ??= setTimeout(() => void this.refresh(), this.random() * WITHIN_MS);
  }

  private async refresh(): Promise<void> {
    this.timer = undefined;
    this.isUnderWay = true;
    const { asked } = this;
    try {
      this.show(await this.freshPage());
    } catch {
      // The way of a reset: it tries until it succeeds, and says who is signed out.
      void this.live.refetch();
    } finally {
      this.isUnderWay = false;
      if (this.asked !== asked) this.soon();
    }
  }

  private async snapshot(): Promise<Places> {
    try {
      const fresh = this.show(await fetchPage());
      copyPlaces(fresh, this.root);
      return placesOf(fresh);
    } catch (error) {
      if (error instanceof SignedOut) this.linked("signed_out");
      else if (error instanceof NoAccess) this.linked("no_access");
      else throw error;
      return new Map();
    }
  }

  private show(page: DocumentFragment): HTMLElement {
    const fresh = issueIn(page);
    if (!fresh) throw new NoAccess();
    if (!isEmptied(this.root) && swapParts(page)) announce(this.root.dataset.changed ?? "");
    return fresh;
  }

  /** An answer that is older than what was heard is asked for again. */
  private async freshPage(): Promise<DocumentFragment> {
    for (let attempt = 1; ; attempt += 1) {
      const page = await fetchPage();
      const fresh = issueIn(page);
      if (attempt >= TRIES || !fresh || this.live.isFresh(placesOf(fresh))) return page;
    }
  }

  /** Whoever comes to this screen later reads nothing on it; a note that was being written stays. */
  private emptyAfterSignOut(): void {
    this.root.dataset.emptied = "";
    keepHeading(this.root);
    hideParts();
    for (const panel of this.root.querySelectorAll<HTMLElement>(":scope > .panel")) {
      panel.hidden = ![...panel.querySelectorAll("textarea")].some(isBegun);
      for (const heading of panel.querySelectorAll("h2")) heading.hidden = true;
    }
    forgetPerson();
    focusWayIn(this.root);
  }

  private linked(link: Link): void {
    this.words.show(link, [...this.root.querySelectorAll("form")].some(holdsTheOnlyCopy));
    if (link === "no_access") hideParts();
    if (link === "signed_out") this.emptyAfterSignOut();
    if (link === "signed_out" || link === "no_access") this.live.stop();
  }
}
