/** The way out where sockets are blocked: the same act by the page's own form, with the same key. */

import { htmlToFragment } from "../dom/html";
import { patience } from "../dom/patience";
import type { KeyedFrame, Outbox } from "../realtime/outbox";
import { rootIn } from "./page";

const REFUSED = new Set([400, 403, 404, 409, 413, 422]);

/** Only posts and reactions have a form on this page. */
export async function sendByForm(frame: KeyedFrame, outbox: Outbox): Promise<void> {
  const [address, fields] = formOf(frame);
  if (!address) return;
  const token = document.querySelector<HTMLInputElement>('input[name="csrfmiddlewaretoken"]')?.value ?? "";
  const body = new URLSearchParams({ ...fields, key: frame.key, csrfmiddlewaretoken: token });
  let response: Response;
  let page: DocumentFragment;
  try {
    response = await fetch(address, { method: "POST", body, headers: { Accept: "text/html" }, signal: patience() });
    page = htmlToFragment(await response.text());
  } catch {
    // It stays in the outbox and goes again with its key.
    return;
  }
  if (REFUSED.has(response.status)) outbox.hearError({ ref: frame.key, code: "refused", retry: false, after_ms: null, text: reasonIn(page) });
  // Whoever is signed out is answered with the page for signing in, and nothing was written.
  else if (response.ok && rootIn(page)) outbox.accepted(frame.key);
}

function formOf(frame: KeyedFrame): [string | null, Record<string, string>] {
  if (frame.t === "post") {
    const { body, byline = "", lang = "", reply_to = "" } = frame;
    const office = frame.office_only ? { office_only: "on" } : {};
    return [`/threads/${frame.thread}/posts/`, { body, byline, lang, reply_to, ...office }];
  }
  if (frame.t !== "react") return [null, {}];
  const button = document.querySelector(`[data-post="${CSS.escape(frame.post)}"] [data-reaction="${CSS.escape(frame.reaction)}"]`);
  return [button?.getAttribute("formaction") ?? null, { reaction: `${frame.reaction}:${frame.on ? "on" : "off"}` }];
}

/** The alert of the composer, or the sentence of a page that only says no. */
function reasonIn(page: DocumentFragment): string {
  const reason = page.querySelector('.composer [role="alert"]') ?? page.querySelector('.refused .lead, [role="alert"]');
  return reason?.textContent.trim().replace(/\s+/g, " ") ?? "";
}
