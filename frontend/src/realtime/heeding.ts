/** What the browser tells of the link, and of whoever looks: when the line of a page hurries, and when it lets go. */

import type { Live } from "./live";

export function socketAddress(): string {
  const url = new URL("/ws/", location.href);
  url.protocol = url.protocol.replace("http", "ws");
  return url.href;
}

export function heedTheBrowser(live: Pick<Live, "hurry" | "drop">): void {
  window.addEventListener("online", () => { live.hurry(); });
  window.addEventListener("offline", () => { live.drop(); });
  // The back button brings a page as it was left.
  window.addEventListener("pageshow", ({ persisted }) => { if (persisted) live.hurry(); });
  document.addEventListener("visibilitychange", () => { if (!document.hidden) live.hurry(); });
}
