/** A screen reader hears each new post, but not each of a burst: a busy log keeps quiet. */

const CALM_AFTER_MS = 2_000;
const BURST_WITHIN_MS = 5_000;
const BURST_POSTS = 3;

export class Bursts {
  private arrivals: number[] = [];
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly log: HTMLElement) {}

  /** Call before the post stands in the log. What is caught up after a break is always a burst. */
  arriving(isLive: boolean): void {
    const now = Date.now();
    this.arrivals = this.arrivals.filter((at) => now - at < BURST_WITHIN_MS);
    this.arrivals.push(now);
    if (isLive && this.arrivals.length <= BURST_POSTS) return;
    this.log.setAttribute("aria-busy", "true");
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.log.removeAttribute("aria-busy");
    }, CALM_AFTER_MS);
  }
}
