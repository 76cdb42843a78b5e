/** Where a page stands in a stream. (epoch, position) is one value: a position alone says nothing. */

export interface Place {
  readonly epoch: string;
  readonly position: number;
}

export type Verdict = "apply" | "drop" | "gap";

/** Only the next entry is applied: what is known already is dropped, anything else means that some are missing. */
export function judge(last: Place, told: Place): Verdict {
  if (told.epoch !== last.epoch) return "gap";
  if (told.position <= last.position) return "drop";
  return told.position === last.position + 1 ? "apply" : "gap";
}
