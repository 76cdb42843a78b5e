/** What came while nobody looked: a line in the log, a figure in the title of the tab, counts in the list of rooms. */

import { hasTemplate } from "../dom/template";
import { changeTotal, countOfRoom, showRoom } from "../unread/badges";
import { partFrom } from "./parts";

export class Unread {
  private readonly title = document.title;
  private count = 0;

  constructor() {
    document.addEventListener("visibilitychange", () => {
      if (!document.hidden) this.looked();
    });
  }

  /** A post of somebody else arrived in the open thread. */
  arrived(post: HTMLElement): void {
    if (!document.hidden) return;
    if (this.count === 0) drawLine(post);
    this.arrivedElsewhere();
  }

  /** The same for another thread of the room: only the title tells. */
  arrivedElsewhere(): void {
    if (!document.hidden) return;
    this.count += 1;
    document.title = `(${this.count}) ${this.title}`;
  }

  private looked(): void {
    this.count = 0;
    document.title = this.title;
  }
}

/** "New since you left" stands once, before the first post that is new. */
function drawLine(post: HTMLElement): void {
  if (!hasTemplate("new-template")) return;
  for (const old of document.querySelectorAll(".log__new")) old.remove();
  post.before(partFrom("new-template", {}, new Set()));
}

export function countInRoom(room: string, change: number): void {
  const before = countOfRoom(room);
  const after = Math.max(0, before + change);
  showRoom(room, after);
  changeTotal(after - before);
}

/** Posts of others beyond the reader's mark; office notes are counted nowhere. */
export function unreadIn(log: HTMLElement, read: number): number {
  const posts = [...log.querySelectorAll<HTMLElement>(":scope > [data-version]:not(.post--mine, .post--note)")];
  return posts.filter((post) => Number(post.dataset.position) > read).length;
}
