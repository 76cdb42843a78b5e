/** What is new: counts in the list of rooms; while nobody looks, also a line in the log and a figure in the tab's title. */

import { hasTemplate } from "../dom/template";
import { changeTotal, countOfRoom, COUNTS_MOVED, showRoom } from "../unread/badges";
import { partFrom } from "./parts";

/** Posts of others that are still told; office notes are counted nowhere. */
const COUNTED = "[data-version]:not(.post--mine, .post--note)";

export class Unread {
  private readonly title = document.title;
  private here = 0;
  private missed = 0;

  constructor(private readonly room: string) {
    document.addEventListener("visibilitychange", () => {
      if (!document.hidden) this.looked();
    });
  }

  /** What the page was drawn with, beyond the reader's mark. */
  begin(log: HTMLElement, mark: number): void {
    const posts = [...log.querySelectorAll<HTMLElement>(`:scope > ${COUNTED}`)];
    this.here = posts.filter((post) => Number(post.dataset.position) > mark).length;
  }

  /** A post of somebody else arrived in the open thread. */
  arrived(post: HTMLElement): void {
    if (document.hidden && this.missed === 0) drawLine(post);
    if (post.matches(COUNTED)) {
      this.here += 1;
      countInRoom(this.room, 1);
    }
    this.miss();
  }

  /** The same for another thread of the room. */
  arrivedElsewhere(): void {
    countInRoom(this.room, 1);
    this.miss();
  }

  /** The open thread was read to its end. */
  wasRead(): void {
    countInRoom(this.room, -this.here);
    this.here = 0;
    document.dispatchEvent(new Event(COUNTS_MOVED));
  }

  private miss(): void {
    if (!document.hidden) return;
    this.missed += 1;
    document.title = `(${this.missed}) ${this.title}`;
  }

  private looked(): void {
    this.missed = 0;
    document.title = this.title;
  }
}

/** "New since you left" stands once, before the first post that is new. */
function drawLine(post: HTMLElement): void {
  if (!hasTemplate("new-template")) return;
  for (const old of document.querySelectorAll(".log__new")) old.remove();
  post.before(partFrom("new-template", {}, new Set()));
}

function countInRoom(room: string, change: number): void {
  const before = countOfRoom(room);
  const after = Math.max(0, before + change);
  showRoom(room, after);
  changeTotal(after - before);
}
