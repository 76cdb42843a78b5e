/** The list of concerns beside the thread: new ones on top, what moved goes up, what is unread shows. */

import { fillSlots } from "../dom/template";
import { refreshTime } from "../dom/times";
import type { EntryFrame } from "../realtime/wire";
import { showBy } from "./bylines";
import { showMoment } from "./moments";
import { partFrom, slotIn } from "./parts";
import { factsOf } from "./posts";

const CARDS = ".room__threads .thread-list";

export function cardOf(thread: string): HTMLElement | null {
  return document.querySelector<HTMLElement>(`${CARDS} [data-thread="${CSS.escape(thread)}"]`);
}

/** A thread was raised: a card on top, once. False when this page shows no list for it. */
export function raiseCard(entry: EntryFrame): boolean {
  const list = document.querySelector<HTMLElement>(CARDS);
  const thread = entry.thread ?? "";
  if (!list || !thread || cardOf(thread)) return false;
  const facts = factsOf(entry);
  const flags = new Set(typeof facts.shown === "string" ? [facts.shown] : []);
  if (facts.urgency === "urgent") flags.add("urgent");
  if (facts.marking === "office") flags.add("office");
  if (!entry.by?.mine) flags.add("unread");
  const item = entry.stub
    ? partFrom("thread-stub-template", { thread }, flags)
    : partFrom("thread-card-template", { thread }, flags);
  if (!entry.stub) fillCard(item, entry, flags.has("unread"));
  list.prepend(item);
  document.querySelector(".room__threads [data-slot='empty']")?.remove();
  return true;
}

function fillCard(item: HTMLElement, entry: EntryFrame, isUnread: boolean): void {
  const facts = factsOf(entry);
  const region = typeof facts.region === "string" ? regionWords(facts.region) : "";
  fillSlots(item, { title: entry.title ?? "" });
  const title = slotIn(item, "title");
  if (title && entry.lang) title.lang = entry.lang;
  title?.removeAttribute("aria-current");
  if (region) fillSlots(item, { region });
  else slotIn(item, "region")?.remove();
  showBy(item, entry.by);
  showTime(item, entry.at);
  const card = item.querySelector<HTMLElement>(".thread-card");
  card?.classList.toggle("is-unread", isUnread);
  if (card && typeof facts.shown === "string") card.dataset.state = facts.shown;
  showReplies(item, 0);
}

/** Somebody wrote in a thread of the list. */
export function bumpCard(entry: EntryFrame, isUnread: boolean): void {
  const card = cardOf(entry.thread ?? "");
  const item = card?.closest("li");
  if (!card || !item || card.matches(".thread-card--stub")) return;
  const { posts } = factsOf(entry);
  showTime(card, entry.at);
  if (typeof posts === "number") showReplies(card, posts - 1);
  if (isUnread) markUnread(card);
  const list = item.parentElement;
  // Moving the element would take the focus away from whoever stands on it.
  if (list?.firstElementChild !== item && !item.contains(document.activeElement)) list?.prepend(item);
}

/** By its colour, and in words for whoever does not see that. */
function markUnread(card: Element): void {
  card.classList.add("is-unread");
  if (card.querySelector('[data-when="unread"]')) return;
  const words = inTemplate('[data-when="unread"]');
  if (words) card.querySelector(".row")?.append(words.cloneNode(true));
}

export function markCardRead(thread: string): void {
  const card = cardOf(thread);
  card?.classList.remove("is-unread");
  card?.querySelector('[data-when="unread"]')?.remove();
}

function showTime(card: Element, at: string): void {
  const time = card.querySelector<HTMLTimeElement>('[data-slot="time"]');
  if (!time) return;
  showMoment(time, at);
  refreshTime(time);
}

/** "5 replies" in the plural form of the page's language; the template holds one phrase a form. */
function showReplies(card: Element, replies: number): void {
  const present = slotIn(card, "replies");
  if (replies < 1) {
    present?.remove();
    return;
  }
  const forms = inTemplate('[data-slot="replies"]');
  if (!forms) return;
  const slot = present ?? (forms.cloneNode() as HTMLElement);
  const rule = new Intl.PluralRules(document.documentElement.lang).select(replies);
  const { one = "", few = "", many = "", other = "" } = forms.dataset;
  const words = { one, few: few || many, many: many || few, other: other || many || few }[rule as "one"];
  slot.textContent = words.replace(/\d+/, String(replies));
  if (!present) card.querySelector(".thread-card__meta")?.append(slot);
}

function inTemplate(selector: string): HTMLElement | null {
  const template = document.getElementById("thread-card-template");
  return template instanceof HTMLTemplateElement ? template.content.querySelector<HTMLElement>(selector) : null;
}

function regionWords(code: string): string {
  const template = document.getElementById("regions-template");
  if (!(template instanceof HTMLTemplateElement)) return "";
  return template.content.querySelector(`[data-code="${CSS.escape(code)}"]`)?.textContent.trim() ?? "";
}
