/** A page whose reader signed out in another tab: whoever comes to this screen learns nothing of them. */

/** What the frame of every page says of its reader: who they are, what waits for them, what they were just told. */
export function forgetPerson(): void {
  for (const part of document.querySelectorAll(".person, .notices, :is(.top, .bottom) .count")) part.remove();
  document.getElementById("announcements")?.replaceChildren();
  forgetTitle();
}

/** Of the window's title only the name of the site stays, and the page's heading says it, too. */
function forgetTitle(): void {
  document.title = document.title.split(" · ").at(-1) ?? "";
  const heading = document.querySelector("main h1");
  if (!heading) return;
  heading.textContent = document.title;
  heading.removeAttribute("lang");
}

/** The heading of a page whose head goes: nobody sees it, a screen reader finds it. */
export function keepHeading(root: HTMLElement): void {
  const heading = document.querySelector("main h1");
  if (!heading) return;
  heading.className = "visually-hidden";
  root.prepend(heading);
}

/** Whether this text field holds something, or somebody is in it. */
export function isBegun(area: HTMLTextAreaElement): boolean {
  return area.value.trim() !== "" || area === document.activeElement;
}

/** Only for whoever stood on something that has gone; a text field is not taken from anybody. */
export function focusWayIn(root: HTMLElement): void {
  const held = document.activeElement;
  if (held && held !== document.body && !held.closest("[hidden]")) return;
  root.querySelector<HTMLElement>('[data-slot="sign-in"] a')?.focus();
}
