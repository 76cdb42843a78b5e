/** How long to wait before the next try, so that a thousand pages do not return in the same second. */

const FIRST_WITHIN_MS = 1_000;
const STEP_MS = 500;
const LONGEST_MS = 30_000;

/** `attempt` counts the tries that failed in a row; chance is part of every wait. */
export function delayBefore(attempt: number, random: () => number = Math.random): number {
  if (attempt === 0) return random() * FIRST_WITHIN_MS;
  return random() * Math.min(LONGEST_MS, STEP_MS * 2 ** attempt);
}

export type End = "signed_out" | "no_access" | "elsewhere";
export interface Again {
  /** Never sooner than this, whatever chance says. */
  atLeastMs: number;
}

const ENDS: Readonly<Record<number, End>> = { 4401: "signed_out", 4403: "no_access", 4409: "elsewhere" };
const LIMIT = 4429;
const PROTOCOL = 4400;

/** What a close code asks for: an end that only a person can change, or another try. */
export function afterClose(code: number): End | Again {
  const end = ENDS[code];
  if (end) return end;
  return { atLeastMs: code === LIMIT || code === PROTOCOL ? LONGEST_MS : 0 };
}
