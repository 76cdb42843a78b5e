/** What the server wrote into the room's page: where it stands, who reads it, which thread is open. */

import type { Place } from "../realtime/place";

export interface RoomPage {
  readonly root: HTMLElement;
  readonly room: string;
  /** The room's stream; the office's and the safety officer's own are only in `places`. */
  readonly stream: string;
  readonly thread: string | null;
  readonly me: string;
  /** The name under which the office speaks. */
  readonly office: string;
  readonly sharesPresence: boolean;
}

/** What quotes a post, a title or the name of a room. */
const EMPTIED = [
  ".thread__head, .room__rail, .room__threads, .room__rooms, .pane-nav, .typing, .toasts",
  ".room__thread > .empty, [data-slot=replying-to], #composer-hint",
].join();
const STREAMS = ["", "office", "safety"] as const;

export function pageOf(root: HTMLElement): RoomPage {
  const { room = "", stream = "", thread = "", me = "", office = "", sharesPresence } = root.dataset;
  return { root, room, stream, thread: thread || null, me, office, sharesPresence: sharesPresence !== "false" };
}

export function rootIn(page: ParentNode): HTMLElement | null {
  return page.querySelector<HTMLElement>(".room__thread[data-stream]");
}

export function logIn(root: ParentNode): HTMLElement | null {
  return root.querySelector<HTMLElement>(".log");
}

/** (epoch, position) of every stream this page was rendered from. */
export function placesOf(root: HTMLElement): Map<string, Place> {
  const places = new Map<string, Place>();
  for (const kind of STREAMS) {
    const read = (name: string): string => root.getAttribute(kind ? `data-${kind}-${name}` : `data-${name}`) ?? "";
    const stream = read("stream");
    if (stream) places.set(stream, { epoch: read("epoch"), position: Number(read("position")) });
  }
  return places;
}

/** After a snapshot the root tells the new places. */
export function copyPlaces(fresh: HTMLElement, live: HTMLElement): void {
  for (const { name, value } of [...fresh.attributes]) {
    if (/^data-(?:\w+-)?(?:stream|epoch|position)$/.test(name)) live.setAttribute(name, value);
  }
}

/** What one may no longer read leaves the screen; what one was writing stays. */
export function hideContent(root: HTMLElement): void {
  logIn(root)?.replaceChildren();
  for (const part of document.querySelectorAll(".thread__head, .room__rail, .thread-list")) part.replaceChildren();
}

/** Whether the page has been emptied, so that an answer under way must not fill it again. */
export const isEmptied = (root: HTMLElement): boolean => "emptied" in root.dataset;

/**
 * Whoever comes to this screen after somebody signed out reads nothing on it: neither posts nor titles nor names
 * of rooms. What one was writing stays, in the field and on its way, and so do the notice and the way back in.
 */
export function emptyAfterSignOut(root: HTMLElement): void {
  root.dataset.emptied = "";
  const own = logIn(root)?.querySelectorAll(":scope > [data-key]") ?? [];
  logIn(root)?.replaceChildren(...own);
  for (const part of document.querySelectorAll(EMPTIED)) part.replaceChildren();
  root.removeAttribute("aria-labelledby");
  // On a phone the notice stands in this pane.
  root.closest(".room")?.setAttribute("data-pane", "thread");
  forgetTitle();
  focusWayIn(root);
}

/** Of the window's title only the name of the site stays, and the page's heading says it, too. */
export function forgetTitle(): void {
  document.title = document.title.split(" · ").at(-1) ?? "";
  const heading = document.querySelector("main h1");
  if (heading) heading.textContent = document.title;
}

/** Only for whoever stood on something that has gone; a text field is not taken from anybody. */
export function focusWayIn(root: HTMLElement): void {
  if (document.activeElement && document.activeElement !== document.body) return;
  root.querySelector<HTMLElement>('[data-slot="sign-in"] a')?.focus();
}
