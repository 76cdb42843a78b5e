/** Where a post stands in the log: by its position, and an office note behind the room's post it was made after. */

import { fillSlots, hasTemplate } from "../dom/template";
import { dayOf, dayWords } from "./moments";
import { partFrom } from "./parts";

const TAIL = ".log__end, .log__read, [data-key]";

const orderOf = (post: HTMLElement): number => Number(post.dataset.position ?? 0);

/** Put a post where it belongs; day lines are made as needed. */
export function insertPost(log: HTMLElement, post: HTMLElement, at: string): void {
  const next = [...log.querySelectorAll<HTMLElement>(":scope > [data-post]")].find(
    (other) => orderOf(other) > orderOf(post),
  );
  const before = next ? withItsLines(next) : log.querySelector(`:scope > :is(${TAIL})`);
  log.insertBefore(post, before);
  if (!next) beginDay(log, post, at);
}

/** Whether the page shows the end of the thread, and not some older part of it. */
export function showsTheEnd(log: HTMLElement): boolean {
  return log.querySelector(":scope > [data-post] ~ .log__more") === null;
}

/** Lines that introduce a post (a new day, new since you left) stay in front of it. */
function withItsLines(post: HTMLElement): Element {
  let first: Element = post;
  while (first.previousElementSibling?.matches(".log__day, .log__new")) first = first.previousElementSibling;
  return first;
}

function beginDay(log: HTMLElement, post: HTMLElement, at: string): void {
  const day = dayOf(at);
  const days = log.querySelectorAll<HTMLElement>(":scope > .log__day");
  const last = days[days.length - 1]?.dataset.day ?? "";
  if (day <= last || !hasTemplate("day-template")) return;
  const line = partFrom("day-template", {}, new Set());
  line.dataset.day = day;
  fillSlots(line, { day: dayWords(at) });
  line.querySelector("time")?.setAttribute("datetime", day);
  log.insertBefore(line, post);
}
