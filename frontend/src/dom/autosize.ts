/** Textareas with `data-autosize` grow with their text where the browser cannot do it by itself. */

export function fitToText(area: HTMLTextAreaElement): void {
  if (CSS.supports("field-sizing", "content")) return;
  area.style.height = "auto";
  area.style.height = `${area.scrollHeight + area.offsetHeight - area.clientHeight}px`;
}

export function autosizeTextareas(): void {
  for (const area of document.querySelectorAll<HTMLTextAreaElement>("textarea[data-autosize]")) fitToText(area);
  document.addEventListener("input", ({ target }) => {
    if (target instanceof HTMLTextAreaElement && "autosize" in target.dataset) fitToText(target);
  });
}
