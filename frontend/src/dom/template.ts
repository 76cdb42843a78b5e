/** Copies of server-rendered templates: the words of a page exist once, on the server. */

/** The first element of `<template id=…>`, as a new copy that belongs to the page. */
export function cloneTemplate(id: string): HTMLElement {
  const template = document.getElementById(id);
  if (!(template instanceof HTMLTemplateElement)) throw new Error(`The page has no template ${id}`);
  const copy = document.importNode(template.content, true).firstElementChild;
  if (!(copy instanceof HTMLElement)) throw new Error(`The template ${id} is empty`);
  return copy;
}

/** Whether the page carries that template. */
export function hasTemplate(id: string): boolean {
  return document.getElementById(id) instanceof HTMLTemplateElement;
}

/** Put plain text into the elements marked `data-slot="name"`; a slot that is missing is skipped. */
export function fillSlots(root: Element | DocumentFragment, words: Record<string, string>): void {
  for (const [name, text] of Object.entries(words)) {
    for (const slot of root.querySelectorAll(`[data-slot="${name}"]`)) slot.textContent = text;
  }
}
