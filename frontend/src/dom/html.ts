/**
 * The one door through which HTML enters a page in the browser.
 *
 * Only HTML that our server rendered and cleaned may pass here; where the browser knows
 * Trusted Types, the policy "dialogue" is the single one that may make it.
 */

interface HtmlPolicy {
  createHTML(html: string): string;
}

interface TrustedTypesFactory {
  createPolicy(name: string, rules: HtmlPolicy): HtmlPolicy;
}

const factory = (globalThis as { trustedTypes?: TrustedTypesFactory }).trustedTypes;
const asItIs: HtmlPolicy = { createHTML: (html) => html };
const policy = factory?.createPolicy("dialogue", asItIs) ?? asItIs;

/** Turn HTML rendered by our server into nodes. Scripts inside it never run. */
export function htmlToFragment(serverHtml: string): DocumentFragment {
  const template = document.createElement("template");
  template.innerHTML = policy.createHTML(serverHtml);
  return template.content;
}
