/** The marks for what waits: beside rooms in lists, and beside places in both navigations. */

/** Sent on `document` when something was read or moved here: what the server counts is about to change. */
export const COUNTS_MOVED = "dialogue:counts-moved";

const ROOM_MARKS = ":is(a, li)[data-room]";
const NAVIGATION = ":is(.top, .bottom)";

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

/** A figure as the server writes it: nothing for none, "99+" for very many. Places it does not name stay. */
export function showMarks(figures: ReadonlyMap<string, string>): void {
  for (const [place, figure] of figures) {
    for (const mark of document.querySelectorAll<HTMLElement>(marksOf(place))) {
      write(mark, figure);
      mark.hidden = figure === "";
    }
  }
}

/** Until the server is asked again. Of "99+" nobody knows how many are left. */
export function changeTotal(change: number): void {
  const mark = document.querySelector(`${marksOf("rooms")}:not([hidden])`);
  const written = mark?.firstChild?.textContent?.trim() ?? "0";
  if (!/^\d+$/.test(written)) return;
  const total = Math.max(0, Number(written) + change);
  showMarks(new Map([["rooms", total ? String(total) : ""]]));
}

function marksOf(place: string): string {
  return `${NAVIGATION} [data-code="${CSS.escape(place)}"] .count`;
}

/** The figure alone: words for screen readers that stand beside it stay. */
function write(mark: HTMLElement, figure: string): void {
  const [first] = mark.childNodes;
  if (first?.nodeType !== Node.TEXT_NODE) mark.prepend(figure);
  else if (first.textContent !== figure) first.textContent = figure;
}
