/** The marks for what is unread: beside rooms in lists, and beside "Rooms" in both navigations. */

/** Sent on `document` when the reader read something here: what the server counts is about to change. */
export const READ_HERE = "dialogue:read-here";

const ROOM_MARKS = ":is(a, li)[data-room]";
const NAVIGATION_MARKS = '[data-code="rooms"]';

export function countOfRoom(room: string): number {
  const mark = document.querySelector(`${ROOM_MARKS}[data-room="${CSS.escape(room)}"] [data-slot="unread"]`);
  return Number.parseInt(mark?.textContent ?? "", 10) || 0;
}

export function showRoom(room: string, count: number): void {
  const marks = `${ROOM_MARKS}[data-room="${CSS.escape(room)}"] [data-slot="unread"]`;
  for (const mark of document.querySelectorAll<HTMLElement>(marks)) {
    write(mark, String(count));
    mark.hidden = count === 0;
  }
}

/** What the server counted: rooms it does not name are read. */
export function showRooms(counts: ReadonlyMap<string, number>): void {
  const places = document.querySelectorAll<HTMLElement>(ROOM_MARKS);
  for (const room of new Set([...places].map(({ dataset }) => dataset.room ?? ""))) showRoom(room, counts.get(room) ?? 0);
}

/** `total` as it is written: nothing for none, "99+" for very many. */
export function showTotal(total: string): void {
  for (const link of document.querySelectorAll<HTMLElement>(NAVIGATION_MARKS)) {
    const mark = link.querySelector<HTMLElement>(".count") ?? (total ? newMark(link) : null);
    if (!mark) continue;
    write(mark, total);
    mark.hidden = total === "";
  }
}

/** Until the server is asked again. Of "99+" nobody knows how many are left. */
export function changeTotal(change: number): void {
  const written = document.querySelector(`${NAVIGATION_MARKS} .count:not([hidden])`)?.textContent.trim() ?? "0";
  if (!/^\d+$/.test(written)) return;
  const total = Math.max(0, Number(written) + change);
  showTotal(total ? String(total) : "");
}

/** The figure alone: words for screen readers that stand beside it stay. */
function write(mark: HTMLElement, figure: string): void {
  const [first] = mark.childNodes;
  if (first?.nodeType !== Node.TEXT_NODE) mark.prepend(figure);
  else if (first.textContent !== figure) first.textContent = figure;
}

function newMark(link: HTMLElement): HTMLElement {
  const mark = document.createElement("span");
  mark.className = "count";
  link.append(mark);
  return mark;
}
