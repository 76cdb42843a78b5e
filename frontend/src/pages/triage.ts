/** The triage board: live where a socket opens, quick by keyboard, and a page of links and forms without script. */

import { Keys } from "../triage/keys";
import { LiveBoard } from "../triage/live_board";
import { Tickets } from "../triage/tickets";

const root = document.querySelector<HTMLElement>("[data-triage-board]");
const legend = document.querySelector<HTMLElement>("[data-keys]");
if (root) {
  const tickets = new Tickets(root);
  tickets.mark();
  if (legend) new Keys(root, tickets, legend).start();
  const url = new URL("/ws/", location.href);
  url.protocol = url.protocol.replace("http", "ws");
  const board = new LiveBoard(root, tickets, url.href);
  board.start();
  const hurry = (): void => {
    board.live.hurry();
  };
  window.addEventListener("online", hurry);
  window.addEventListener("offline", () => {
    board.live.drop();
  });
  window.addEventListener("pageshow", ({ persisted }) => {
    if (persisted) {
      hurry();
      board.soon();
    }
  });
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) hurry();
  });
}
