/** Says in words how the page is connected; short troubles that heal by themselves are not worth a word. */

import type { Link } from "../realtime/live";

const PATIENCE_MS = 5_000;
const BACK_SHOWN_MS = 4_000;

type Name = "gone" | "offline" | "back" | "polling" | "signedOut" | "refused" | "elsewhere" | "onlyCopy";
const NAMES: Readonly<Record<Exclude<Link, "online">, Name>> = {
  offline: "offline",
  polling: "polling",
  signed_out: "signedOut",
  no_access: "refused",
  elsewhere: "elsewhere",
};

export class LinkWords {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private isTroubleShown = false;
  private isOver = false;
  private isGone = false;

  constructor(private readonly place: HTMLElement | null) {}

  /** `holdsTheOnlyCopy`: what was begun here is kept nowhere else, so nobody who must leave is told that it is. */
  show(link: Link, holdsTheOnlyCopy = false): void {
    if (this.isOver) return;
    if (link === "signed_out" || link === "no_access") {
      this.isOver = true;
      this.write(link === "signed_out" && holdsTheOnlyCopy ? "onlyCopy" : NAMES[link]);
      if (link === "signed_out") this.offerSignIn();
      return;
    }
    if (this.isGone) return;
    if (link === "online") this.back();
    else if (link === "offline" && !this.isTroubleShown) {
      this.timer ??= setTimeout(() => {
        this.write("offline");
      }, PATIENCE_MS);
    } else this.write(NAMES[link]);
  }

  /** The thread is out of sight, the room is not: this stays said, whatever the link does, until the end. */
  threadIsGone(isGone: boolean): void {
    if (this.isOver || isGone === this.isGone) return;
    this.isGone = isGone;
    if (isGone) this.write("gone");
    else {
      this.isTroubleShown = false;
      if (this.place) this.place.hidden = true;
    }
  }

  private back(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (!this.isTroubleShown) return;
    this.write("back");
    this.isTroubleShown = false;
    this.timer = setTimeout(() => {
      this.timer = undefined;
      if (this.place) this.place.hidden = true;
    }, BACK_SHOWN_MS);
  }

  /** The way back leads to this page, which then sends what is still waiting. */
  private offerSignIn(): void {
    const way = this.place?.nextElementSibling;
    if (way instanceof HTMLElement && way.dataset.slot === "sign-in") way.hidden = false;
  }

  private write(name: Name): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.isTroubleShown = true;
    if (!this.place) return;
    const words = this.place.dataset[name] ?? "";
    this.place.hidden = !words;
    if (this.place.textContent !== words) this.place.textContent = words;
    this.place.classList.toggle("is-offline", name !== "back");
    this.place.classList.toggle("is-back", name === "back");
  }
}
