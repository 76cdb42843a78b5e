/** One entry about a post becomes one element of the log; told again, it changes nothing. */

import { htmlToFragment } from "../dom/html";
import type { EntryFrame, Json } from "../realtime/wire";
import { showBy } from "./bylines";
import { insertPost, showsTheEnd } from "./log_order";
import { showMoment } from "./moments";
import { partFrom, slotIn } from "./parts";
import type { RoomPage } from "./page";
import { pressedOf, showReactions } from "./reactions";

const EXCERPT_LETTERS = 80;

export type Facts = Record<string, Json>;
export const factsOf = (entry: EntryFrame): Facts => entry.facts ?? {};
export const isNote = (entry: EntryFrame): boolean => factsOf(entry).office_note === true;

export function postIn(log: HTMLElement, id: string): HTMLElement | null {
  return log.querySelector<HTMLElement>(`:scope > [data-post="${CSS.escape(id)}"]`);
}

/** The new element, or null when the page shows this version already or does not reach so far. */
export function showPost(log: HTMLElement, page: RoomPage, entry: EntryFrame): HTMLElement | null {
  const id = entry.post;
  if (!id) return null;
  const shown = postIn(log, id);
  if (shown && !isNewer(entry, shown)) return null;
  if (!shown && (entry.kind !== "post.added" && entry.kind !== "thread.raised")) return null;
  if (!shown && !showsTheEnd(log)) return null;
  const post = entry.stub ? stubOf(entry, shown) : postOf(log, page, entry, shown);
  if (shown) shown.replaceWith(post);
  else insertPost(log, post, entry.at);
  return shown ? null : post;
}

function isNewer(entry: EntryFrame, shown: HTMLElement): boolean {
  // A marker stands for good: a version that is told late does not bring a withdrawn text back.
  if (!("version" in shown.dataset)) return false;
  return entry.stub === true || (entry.version ?? 0) > Number(shown.dataset.version);
}

function stubOf(entry: EntryFrame, shown: HTMLElement | null): HTMLElement {
  const stub = partFrom("post-stub-template", { post: entry.post ?? "" }, new Set(["withdrawn"]));
  stub.dataset.position = shown?.dataset.position ?? String(entry.position);
  delete stub.dataset.version;
  showMoment(slotIn(stub, "time"), shown?.querySelector("time")?.dateTime ?? entry.at);
  return stub;
}

function postOf(log: HTMLElement, page: RoomPage, entry: EntryFrame, shown: HTMLElement | null): HTMLElement {
  const facts = factsOf(entry);
  const flags = flagsOf(entry, page, shown);
  const answered = typeof facts.reply_to === "string" ? postIn(log, facts.reply_to) : null;
  if (!answered) flags.delete("reply");
  const ids = { post: entry.post ?? "", version: String(entry.version ?? 1) };
  const post = partFrom(isNote(entry) ? "note-template" : "post-template", ids, flags);
  for (const kind of ["office", "note", "shielded", "mine"]) post.classList.toggle(`post--${kind}`, flags.has(kind));
  slotIn(post, "initials")?.classList.toggle("avatar--office", flags.has("office"));
  post.dataset.version = String(entry.version ?? 1);
  // An office note stands where the room was when it was made.
  const place = typeof facts.after === "number" ? facts.after : entry.position;
  post.dataset.position = shown?.dataset.position ?? String(place);
  showBy(post, entry.by);
  showMoment(slotIn(post, "time"), shown?.querySelector("time")?.dateTime ?? entry.at);
  showText(slotIn(post, "body"), entry);
  if (answered) quote(post, answered);
  showReactions(post, facts.reactions, shown ? pressedOf(shown) : undefined);
  return post;
}

function flagsOf(entry: EntryFrame, page: RoomPage, shown: HTMLElement | null): Set<string> {
  const { by } = entry;
  const facts = factsOf(entry);
  const flags = new Set<string>();
  if (by) flags.add(by.byline);
  if (by?.mine) for (const flag of ["mine", "may-edit", "may-withdraw"]) flags.add(flag);
  if (by?.pseudonym) flags.add("pseudonym");
  if (by?.organisation && by.organisation === page.office) flags.add("office");
  if (isNote(entry)) flags.add("note");
  if (facts.edited === true || (entry.version ?? 1) > 1) flags.add("edited");
  if (typeof facts.purpose === "string" && facts.purpose) flags.add(facts.purpose);
  if (facts.reply_to || shown?.querySelector('[data-when="reply"]')) flags.add("reply");
  return flags;
}

function showText(body: HTMLElement | null, entry: EntryFrame): void {
  if (!body) return;
  if (entry.lang) body.lang = entry.lang;
  if (entry.html !== undefined) body.replaceChildren(htmlToFragment(entry.html));
  else body.textContent = entry.text ?? "";
}

/** What it answers, in a line: the author and the beginning of the text. */
export function excerptOf(post: HTMLElement): { words: string; lang: string } {
  const author = slotIn(post, "author")?.textContent ?? "";
  const body = slotIn(post, "body");
  const text = (body?.textContent ?? "").trim().replace(/\s+/g, " ");
  const short = text.length > EXCERPT_LETTERS ? `${text.slice(0, EXCERPT_LETTERS)}…` : text;
  return { words: author ? `${author}: ${short}` : short, lang: body?.lang ?? "" };
}

function quote(post: HTMLElement, answered: HTMLElement): void {
  const link = slotIn(post, "reply");
  if (!link) return;
  const { words, lang } = excerptOf(answered);
  link.textContent = words;
  link.lang = lang;
  link.setAttribute("href", `#${answered.id}`);
}
