/** How unfinished forms lie in the session storage of the tab. */

export const PREFIX = "form:";

export interface Kept {
  fields: [name: string, value: string, was: string][];
  beside: [name: string, text: string][];
  /** The address that proves the arrival; empty until it is sent. */
  arrives: string;
}

export function write(name: string, kept: Kept): void {
  try {
    sessionStorage.setItem(name, JSON.stringify(kept));
  } catch {
    // A full storage: the text is still in the form.
  }
}

export function read(name: string): Kept | null {
  try {
    const { fields, beside, arrives } = JSON.parse(sessionStorage.getItem(name) ?? "null") as Partial<Kept>;
    return { fields: fields ?? [], beside: beside ?? [], arrives: arrives ?? "" };
  } catch {
    return null;
  }
}
