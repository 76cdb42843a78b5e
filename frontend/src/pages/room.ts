/** The page of a room: becomes live where a socket opens, and stays a page of forms where none does. */

import { rootIn } from "../rooms/page";
import { Room } from "../rooms/room";

const root = rootIn(document);
if (root) {
  const url = new URL("/ws/", location.href);
  url.protocol = url.protocol.replace("http", "ws");
  const room = new Room(root, url.href);
  room.start();
  window.addEventListener("online", () => {
    room.live.hurry();
  });
  window.addEventListener("offline", () => {
    room.live.drop();
  });
  window.addEventListener("pageshow", ({ persisted }) => {
    if (persisted) room.live.hurry();
  });
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) room.live.hurry();
  });
  window.addEventListener("beforeunload", (event) => {
    if (room.holdsTheOnlyCopy) event.preventDefault();
  });
}
