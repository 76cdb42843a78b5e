/** Keeps the board as it is for everybody: whatever happens to a thread in any room draws it anew. */

import { announce } from "../dom/announce";
import { focusWayIn, forgetPerson, keepHeading } from "../dom/signed_out";
import { Live } from "../realtime/live";
import type { Link, LiveDoor, Places } from "../realtime/live";
import type { Place } from "../realtime/place";
import type { EntryFrame } from "../realtime/wire";
import { fetchPage, NoAccess, SignedOut } from "../rooms/snapshot";
import { COUNTS_MOVED } from "../unread/badges";
import { swapBoard } from "./swapping";
import type { Tickets } from "./tickets";

/** A burst of moves is one drawing. */
const AFTER_MS = 300;
/** Clocks run without anybody doing anything. */
const CLOCKS_MS = 60_000;
const TRIES = 3;
/** As many as one socket may follow. */
const MOST_STREAMS = 50;
/** Each has a notice of its own on the page. */
const TROUBLES = ["offline", "polling", "elsewhere"] as const;

export class LiveBoard {
  readonly live: Live;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private isUnderWay = false;
  private isAsked = false;
  private isOver = false;

  constructor(
    private readonly root: HTMLElement,
    private readonly tickets: Tickets,
    url: string,
  ) {
    // Nobody writes here: without a name nothing that another page kept is sent from this one.
    this.live = new Live({ url, me: "", places: placesOf(root), draftsAreCleared: () => true }, this.door());
  }

  start(): void {
    this.live.start();
    setInterval(() => {
      if (!document.hidden) this.soon();
    }, CLOCKS_MS);
  }

  soon(): void {
    if (this.isOver) return;
    if (this.isUnderWay) this.isAsked = true;
    else this.timer ??= setTimeout(() => void this.refresh(), AFTER_MS);
  }

  private door(): LiveDoor {
    const nothing = (): void => undefined;
    return {
      apply: (entry) => {
        if (concernsTheBoard(entry)) this.soon();
      },
      snapshot: () => this.draw(),
      link: (link) => {
        this.linked(link);
      },
      ...{ ephemeral: nothing, shown: nothing, acked: nothing, refused: nothing, sayByForm: nothing },
    };
  }

  private async refresh(): Promise<void> {
    this.timer = undefined;
    this.isUnderWay = true;
    this.isAsked = false;
    try {
      await this.draw();
    } catch {
      // The way of a reset: it tries until it succeeds.
      void this.live.refetch();
    } finally {
      this.finished();
    }
  }

  private finished(): void {
    this.isUnderWay = false;
    if (this.isAsked) this.soon();
  }

  /** Answers with the places of what is shown now; what came while it was under way is not taken away. */
  private async draw(): Promise<Places> {
    try {
      for (let attempt = 1; ; attempt += 1) {
        const page = await fetchPage();
        if (this.isOver) return new Map();
        const places = placesOf(page);
        if (!this.live.isFresh(places) && attempt < TRIES) continue;
        if (swapBoard(this.root, page, this.tickets)) {
          announce(this.root.dataset.changed ?? "");
          document.dispatchEvent(new Event(COUNTS_MOVED));
        }
        return places;
      }
    } catch (error) {
      if (error instanceof SignedOut) this.linked("signed_out");
      else if (error instanceof NoAccess) this.linked("no_access");
      else throw error;
      return new Map();
    }
  }

  private linked(link: Link): void {
    for (const slot of TROUBLES) this.show(slot, link === slot && !this.isOver);
    if (link !== "signed_out" && link !== "no_access") return;
    this.isOver = true;
    this.live.stop();
    // What one may no longer read leaves the screen.
    for (const part of this.root.querySelectorAll("[data-part]")) part.replaceChildren();
    document.getElementById("announcements")?.replaceChildren();
    if (link === "signed_out") this.emptyAfterSignOut();
    else this.show("over", true);
  }

  private emptyAfterSignOut(): void {
    this.root.dataset.emptied = "";
    keepHeading(this.root);
    for (const part of document.querySelectorAll<HTMLElement>("main .page__header")) part.hidden = true;
    forgetPerson();
    this.show("signed-out", true);
    focusWayIn(this.root);
  }

  private show(slot: (typeof TROUBLES)[number] | "over" | "signed-out", isShown: boolean): void {
    const notice = this.root.querySelector<HTMLElement>(`[data-slot="${slot}"]`);
    if (notice) notice.hidden = !isShown;
  }
}

/** Posts change nothing on a ticket; where they move a thread, that is told by an entry of its own. */
export function concernsTheBoard({ kind }: Pick<EntryFrame, "kind">): boolean {
  return kind.startsWith("thread.") || kind.startsWith("carriage.");
}

export function placesOf(page: ParentNode): Places {
  const rows = [...page.querySelectorAll<HTMLElement>("[data-part=board] > [data-stream]")].slice(0, MOST_STREAMS);
  return new Map(
    rows.map(({ dataset }): [string, Place] => [
      dataset.stream ?? "",
      { epoch: dataset.epoch ?? "", position: Number(dataset.position) },
    ]),
  );
}
