/** `details[data-menu]` open without script; here they also close as menus do. */

const openMenus = (): NodeListOf<HTMLDetailsElement> =>
  document.querySelectorAll<HTMLDetailsElement>("details[data-menu][open]");

function closeMenusOutside(target: EventTarget | null): void {
  for (const menu of openMenus()) {
    if (!(target instanceof Node) || !menu.contains(target)) menu.open = false;
  }
}

function closeMenusOnEscape(event: KeyboardEvent): void {
  if (event.key !== "Escape") return;
  for (const menu of openMenus()) {
    const hadFocus = menu.contains(document.activeElement);
    menu.open = false;
    if (hadFocus) menu.querySelector("summary")?.focus();
  }
}

export function closeMenusAsExpected(): void {
  document.addEventListener("pointerdown", (event) => {
    closeMenusOutside(event.target);
  });
  document.addEventListener("focusin", (event) => {
    closeMenusOutside(event.target);
  });
  document.addEventListener("keydown", closeMenusOnEscape);
}
