/** The page of an issue: shows what changes while somebody looks at it; without script it is a page as any other. */

import { IssueLive, issueIn } from "../issues/live";
import { heedTheBrowser, socketAddress } from "../realtime/heeding";

const root = issueIn(document);
if (root) {
  const issue = new IssueLive(root, socketAddress());
  issue.start();
  heedTheBrowser(issue.live);
}
