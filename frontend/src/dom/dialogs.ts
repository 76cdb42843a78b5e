/** `data-opens="id"` shows a dialog of the page, `data-closes` closes the one it stands in. */

export function openAndCloseDialogs(): void {
  document.addEventListener("click", ({ target }) => {
    if (!(target instanceof Element)) return;
    const id = target.closest<HTMLElement>("[data-opens]")?.dataset.opens;
    const dialog = id ? document.getElementById(id) : null;
    if (dialog instanceof HTMLDialogElement) dialog.showModal();
    if (target.closest("[data-closes]")) target.closest("dialog")?.close();
  });
}
