/** What the server wrote into the room's page: where it stands, who reads it, which thread is open. */

import { focusWayIn, forgetPerson, isBegun } from "../dom/signed_out";
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
  ".thread__head, .room__rail, .room__threads, .room__rooms, .pane-nav, .typing",
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
 * of rooms, nor who it was. What one was writing stays, in the field and on its way, and so do the notice and the
 * way back in.
 */
export function emptyAfterSignOut(root: HTMLElement): void {
  root.dataset.emptied = "";
  const own = logIn(root)?.querySelectorAll(":scope > [data-key]") ?? [];
  for (const row of own) row.querySelector(".avatar")?.remove();
  logIn(root)?.replaceChildren(...own);
  for (const part of document.querySelectorAll(EMPTIED)) part.replaceChildren();
  leaveTextAlone(root);
  root.removeAttribute("aria-labelledby");
  // On a phone the notice stands in this pane.
  root.closest(".room")?.setAttribute("data-pane", "thread");
  forgetPerson();
  focusWayIn(root);
}

/** Without what it would be sent with: the names to choose from say who wrote it. */
function leaveTextAlone(root: HTMLElement): void {
  const place = root.querySelector<HTMLElement>('[data-region="composer"]');
  const area = place?.querySelector("textarea");
  if (place) place.hidden = !area || !isBegun(area);
  for (const part of place?.querySelectorAll<HTMLElement>(".composer__bar, .composer__notes") ?? []) part.hidden = true;
  for (const option of place?.querySelectorAll('[name="byline"] option') ?? []) option.replaceChildren();
  place?.querySelector("label.visually-hidden")?.classList.remove("visually-hidden");
}
