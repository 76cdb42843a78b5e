/** For tests: the parts of the board that script reads, as dialogue/issues/templates draws them. */

import { htmlToFragment } from "../dom/html";

export interface FakeTicket {
  id: string;
  verbs?: readonly string[];
}

const WORDLESS = ["acknowledge", "take"];

function verb(ticket: string, name: string): string {
  const where = `/threads/${ticket}/${name}/`;
  return WORDLESS.includes(name)
    ? `<form action="${where}" data-verb="${name}"><button>${name}</button></form>`
    : `<a href="${where}" data-verb="${name}">${name}</a>`;
}

function ticket({ id, verbs = [] }: FakeTicket): string {
  return `<li><article class="ticket" data-ticket="${id}"><h3 class="ticket__title"><a href="#${id}">${id}</a></h3>
    <details><summary>more</summary>${verbs.map((name) => verb(id, name)).join("")}</details></article></li>`;
}

function column(tickets: readonly FakeTicket[]): string {
  return `<section class="board__column"><ul>${tickets.map(ticket).join("")}</ul></section>`;
}

export interface FakeBoard {
  columns: readonly (readonly FakeTicket[])[];
  position?: number;
  count?: number;
}

export function boardPage({ columns, position = 7, count = 1 }: FakeBoard): string {
  return `<nav class="top__nav"><span class="count">${count}</span></nav>
    <div data-keys hidden><ul data-slot="legend"></ul><dialog><input type="checkbox" data-slot="keys-on" checked></dialog></div>
    <section data-triage-board data-changed="The board has changed.">
      <div data-part="filters"><a href="#all" data-show="all" aria-current="true">All</a><a href="#mine" data-show="mine">Mine</a></div>
      <p data-slot="offline" hidden></p><p data-slot="over" hidden>No access.</p><div data-slot="signed-out" hidden><p data-slot="sign-in"><a href="/accounts/login/">Sign in</a></p></div>
      <div data-part="board"><span hidden data-stream="room:x" data-epoch="e" data-position="${position}"></span>
        <span hidden data-stream="room:x:office" data-epoch="e" data-position="3"></span>${columns.map(column).join("")}</div>
    </section><input id="field"><div id="announcements"></div>`;
}

export function putBoard(board: FakeBoard): HTMLElement {
  document.body.replaceChildren(htmlToFragment(boardPage(board)));
  return document.querySelector("[data-triage-board]") as HTMLElement;
}

export const focused = (): string | undefined =>
  document.activeElement?.closest<HTMLElement>("[data-ticket]")?.dataset.ticket;
