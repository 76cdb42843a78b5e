/** The page of an issue: shows what changes while somebody looks at it; without script it is a page as any other. */

import { IssueLive, issueIn } from "../issues/live";

const root = issueIn(document);
if (root) {
  const url = new URL("/ws/", location.href);
  url.protocol = url.protocol.replace("http", "ws");
  const issue = new IssueLive(root, url.href);
  issue.start();
  window.addEventListener("online", () => {
    issue.live.hurry();
  });
  window.addEventListener("offline", () => {
    issue.live.drop();
  });
  window.addEventListener("pageshow", ({ persisted }) => {
    if (persisted) issue.live.hurry();
  });
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) issue.live.hurry();
  });
}
