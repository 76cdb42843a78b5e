/** The page of a room: becomes live where a socket opens, and stays a page of forms where none does. */

import { heedTheBrowser, socketAddress } from "../realtime/heeding";
import { rootIn } from "../rooms/page";
import { Room } from "../rooms/room";

const root = rootIn(document);
if (root) {
  const room = new Room(root, socketAddress());
  room.start();
  heedTheBrowser(room.live);
  window.addEventListener("beforeunload", (event) => {
    if (room.holdsTheOnlyCopy) event.preventDefault();
  });
}
