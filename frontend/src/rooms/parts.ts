/** Copies of the page's templates: there every part is drawn, and what does not apply is taken away here. */

import { cloneTemplate } from "../dom/template";
import { newKey } from "../realtime/keys";

export type Flags = ReadonlySet<string>;

/** `ids` are put where the template says `__name__`, for instance in addresses. */
export function partFrom(template: string, ids: Readonly<Record<string, string>>, flags: Flags): HTMLElement {
  const part = cloneTemplate(template);
  for (const element of [part, ...part.querySelectorAll("*")]) putIds(element, ids);
  keepWhen(part, flags);
  for (const key of part.querySelectorAll<HTMLInputElement>('input[type="hidden"][name="key"]')) key.value = newKey();
  return part;
}

/** Takes away every part whose `data-when` names no flag that is set. */
export function keepWhen(root: Element, flags: Flags): void {
  for (const part of root.querySelectorAll<HTMLElement>("[data-when]")) {
    if (!isKept(part, flags)) part.remove();
  }
}

/** The same for parts that come and go: hidden, not removed. */
export function showWhen(root: Element, flags: Flags): void {
  for (const part of root.querySelectorAll<HTMLElement>("[data-when]")) part.hidden = !isKept(part, flags);
}

export function slotIn(root: Element, name: string): HTMLElement | null {
  return root.querySelector<HTMLElement>(`[data-slot="${name}"]`);
}

function isKept({ dataset }: HTMLElement, flags: Flags): boolean {
  const conditions = (dataset.when ?? "").split(" ");
  return conditions.some((flag) => (flag.startsWith("not-") ? !flags.has(flag.slice(4)) : flags.has(flag)));
}

function putIds(element: Element, ids: Readonly<Record<string, string>>): void {
  for (const attribute of [...element.attributes]) {
    if (!attribute.value.includes("__")) continue;
    let { value } = attribute;
    for (const [name, id] of Object.entries(ids)) value = value.replaceAll(`__${name}__`, id);
    attribute.value = value;
  }
}
