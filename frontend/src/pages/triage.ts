/** The triage board: live where a socket opens, quick by keyboard, and a page of links and forms without script. */

import { heedTheBrowser, socketAddress } from "../realtime/heeding";
import { Keys } from "../triage/keys";
import { LiveBoard } from "../triage/live_board";
import { Tickets } from "../triage/tickets";

const root = document.querySelector<HTMLElement>("[data-triage-board]");
const legend = document.querySelector<HTMLElement>("[data-keys]");
if (root) {
  const tickets = new Tickets(root);
  tickets.mark();
  if (legend) new Keys(root, tickets, legend).start();
  const board = new LiveBoard(root, tickets, socketAddress());
  board.start();
  heedTheBrowser(board.live);
  window.addEventListener("pageshow", ({ persisted }) => {
    if (persisted) board.soon();
  });
}
