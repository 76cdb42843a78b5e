/** Follows one stream: applies each entry once and in order, and notices when one is missing. */

import type { Place } from "./place";
import { judge } from "./place";
import { say } from "./wire";
import type { ClientFrame, EntryFrame, ServerFrame } from "./wire";

/** A head above our place for this long is a gap: until then its entry may still be under way. */
const HEAD_PATIENCE_MS = 5_000;
/** A subscription that nobody answers is asked for again. */
const ANSWER_PATIENCE_MS = 10_000;

export type StreamFrame = Extract<ServerFrame, { t: "entry" | "entries" | "live" | "reset" | "left" }>;

export interface FollowerDoor {
  say(frame: ClientFrame): void;
  /** `isLive` is false for what was caught up, so that a hundred missed posts are not read out one by one. */
  apply(entry: EntryFrame, isLive: boolean): void;
  /** An entry arrived, applied or not: the server counts what it sent. */
  received(follower: Follower): void;
  needsSnapshot(follower: Follower): void;
  lostAccess(follower: Follower): void;
}

type Phase = "away" | "asked" | "live" | "resetting" | "gone";

export class Follower {
  private phase: Phase = "away";
  private head = 0;
  private headTimer: ReturnType<typeof setTimeout> | undefined;
  private answerTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    readonly stream: string,
    private place: Place,
    private readonly door: FollowerDoor,
  ) {}

  get last(): Place {
    return this.place;
  }

  get isLive(): boolean {
    return this.phase === "live";
  }

  get isGone(): boolean {
    return this.phase === "gone";
  }

  /** A socket is open, or some entries are missing: go on from our place. */
  ask(): void {
    if (this.phase === "resetting" || this.phase === "gone") return;
    this.phase = "asked";
    this.stopWaiting();
    this.waitForAnswer();
    this.door.say(say.subscribe({ stream: this.stream, epoch: this.place.epoch, since: this.place.position }));
  }

  away(): void {
    this.stopWaiting();
    if (this.phase !== "resetting" && this.phase !== "gone") this.phase = "away";
  }

  /** The page shows a snapshot now; `place` was read before its content, so nothing is missing after it. */
  restart(place: Place): void {
    if (this.phase === "gone") return;
    this.place = place;
    this.head = 0;
    this.phase = "away";
    this.ask();
  }

  hear(frame: StreamFrame): void {
    if (this.phase === "gone") return;
    if (this.phase === "asked" && frame.t === "entries") this.waitForAnswer();
    if (frame.t === "entry") this.take(frame, this.phase === "live");
    else if (frame.t === "entries") for (const entry of frame.entries) this.take(entry, false);
    else if (frame.t === "live") this.becomeLive(frame);
    else if (frame.t === "reset") this.reset();
    else if (frame.reason === "no_access") this.leave();
  }

  /** The server says how far the stream goes. */
  hearHead(position: number): void {
    this.head = Math.max(this.head, position);
    if (this.head <= this.place.position || this.headTimer !== undefined) return;
    if (this.phase !== "live" && this.phase !== "asked") return;
    this.headTimer = setTimeout(() => {
      this.headTimer = undefined;
      if (this.head > this.place.position) this.ask();
    }, HEAD_PATIENCE_MS);
  }

  private take(entry: EntryFrame, isLive: boolean): void {
    this.door.received(this);
    if (this.phase === "resetting") return;
    const verdict = judge(this.place, entry);
    if (verdict === "drop") return;
    if (verdict === "gap") {
      // While an answer is under way it brings what is missing; asking at each entry would be a storm.
      if (this.phase === "live") this.ask();
      else this.hearHead(entry.position);
      return;
    }
    this.place = { epoch: entry.epoch, position: entry.position };
    if (this.place.position >= this.head) this.stopWaitingForHead();
    this.door.apply(entry, isLive);
  }

  private becomeLive(told: Place): void {
    if (this.phase === "resetting") return;
    clearTimeout(this.answerTimer);
    this.phase = "live";
    if (told.epoch === this.place.epoch) this.hearHead(told.position);
    else this.ask();
  }

  private reset(): void {
    if (this.phase === "resetting") return;
    this.phase = "resetting";
    this.stopWaiting();
    this.door.needsSnapshot(this);
  }

  private leave(): void {
    this.stopWaiting();
    this.phase = "gone";
    this.door.lostAccess(this);
  }

  private waitForAnswer(): void {
    clearTimeout(this.answerTimer);
    this.answerTimer = setTimeout(() => {
      if (this.phase === "asked") this.ask();
    }, ANSWER_PATIENCE_MS);
  }

  private stopWaiting(): void {
    clearTimeout(this.answerTimer);
    this.stopWaitingForHead();
  }

  private stopWaitingForHead(): void {
    clearTimeout(this.headTimer);
    this.headTimer = undefined;
  }
}
