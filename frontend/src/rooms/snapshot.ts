/** The page as the server shows it now, put in place of what is here; the text field is left alone. */

import { exchange } from "../dom/exchange";
import { htmlToFragment } from "../dom/html";
import { patience } from "../dom/patience";
import type { Places } from "../realtime/live";
import { copyPlaces, hideContent, logIn, placesOf, rootIn } from "./page";

export class SignedOut extends Error {}
export class NoAccess extends Error {}

/** Parts that only the server can word; each is swapped where it differs. */
const PARTS = [".thread__head", ".room__rail", ".room__threads", ".room__rooms"];

export async function fetchPage(address: string = location.href): Promise<DocumentFragment> {
  const here = new URL(address, location.href);
  here.hash = "";
  const response = await fetch(here, { headers: { Accept: "text/html" }, signal: patience() });
  if (response.status === 403 || response.status === 404) throw new NoAccess();
  const isElsewhere = response.redirected && new URL(response.url).pathname !== here.pathname;
  if (response.status === 401 || isElsewhere) throw new SignedOut();
  if (!response.ok) throw new Error(String(response.status));
  return htmlToFragment(await response.text());
}

/** Everything but the posts and the text field. */
export function swapParts(page: ParentNode): void {
  for (const selector of PARTS) swapPart(selector, page);
  swapPart("#composer-hint", page); // who reads it changes with a hold, whatever is being typed
  swapComposer(page);
}

/** A reset: the log is replaced too. Answers with the places from which to go on. */
export function swapAll(page: ParentNode, root: HTMLElement): Places {
  const fresh = rootIn(page);
  if (!fresh) throw new NoAccess();
  swapParts(page);
  const [log, freshLog] = [logIn(root), logIn(fresh)];
  if (log && freshLog) exchange(log, freshLog);
  copyPlaces(fresh, root);
  return placesOf(fresh);
}

/** The room without its thread, which this reader may no longer see. */
export function swapRoom(page: ParentNode, root: HTMLElement): Places {
  const fresh = rootIn(page);
  if (!fresh) throw new NoAccess();
  hideContent(root);
  for (const selector of PARTS.slice(1)) swapPart(selector, page);
  copyPlaces(fresh, root);
  return placesOf(fresh);
}

/** Lines about moves and issues are worded by the server. Posts stay, and so do lines that say the same: nothing is read out twice. */
export function mergeEvents(log: HTMLElement, freshLog: HTMLElement): void {
  const old = new Set(log.querySelectorAll(":scope > :is(.event, .log__end)"));
  const same = (line: Element): Element | null => {
    if (!(line instanceof HTMLElement)) return null;
    if (line.dataset.post) return log.querySelector(`:scope > [data-post="${CSS.escape(line.dataset.post)}"]`);
    if (line.dataset.day) return log.querySelector(`:scope > [data-day="${CSS.escape(line.dataset.day)}"]`);
    const equal = [...old].find((one) => one.isEqualNode(line)) ?? null;
    if (equal) old.delete(equal);
    return equal;
  };
  let last: Element | null = null;
  for (const line of [...freshLog.children]) {
    const known = same(line);
    if (known) last = known;
    else if (!line.matches(".event, .log__day, .log__end")) continue;
    else {
      if (line.matches(".log__end")) last = lastOf(log);
      if (last) last.after(line);
      else log.prepend(line);
      last = line;
    }
  }
  for (const line of old) line.remove();
}

function lastOf(log: HTMLElement): Element | null {
  const lines = log.querySelectorAll(":scope > :not([data-key], .log__read)");
  return lines[lines.length - 1] ?? null;
}

function swapPart(selector: string, page: ParentNode): void {
  const [live, fresh] = [document, page].map((where) => where.querySelector<HTMLElement>(selector));
  if (live && fresh) exchange(live, fresh);
}

/** A thread that was closed or opened has another field; never while a text is in it, or on its way from it. */
function swapComposer(page: ParentNode): void {
  const [live, fresh] = [document, page].map((where) => where.querySelector('[data-region="composer"]'));
  if (!live || !fresh) return;
  const area = live.querySelector("textarea");
  if (document.querySelector(".log > [data-key]")) return;
  if (area?.value.trim() || (area === null) === (fresh.querySelector("textarea") === null)) return;
  live.replaceWith(fresh);
}
