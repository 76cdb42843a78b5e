/**
 * What was said and not yet acked. Each item keeps its key for ever, so that sending it
 * again can never say it twice. Posts of one thread go one after the other, in their order.
 */

import type { KeptSends } from "./kept_sends";
import type { ClientFrame, ServerFrame } from "./wire";

/** Shorter troubles heal by themselves and are not shown. */
const SHOW_TROUBLE_AFTER_MS = 5_000;
const ACK_PATIENCE_MS = 10_000;
const FIRST_RETRY_MS = 1_000;
const LONGEST_RETRY_MS = 30_000;

export type KeyedFrame = Extract<ClientFrame, { key: string }>;
export type Ack = Extract<ServerFrame, { t: "ack" }>;
export type Refused = Extract<ServerFrame, { t: "error" }>;
export type SendState = "sending" | "failed";

export interface OutboxDoor {
  /** False when it cannot leave now; it is tried again when `linked` is called. */
  say(frame: KeyedFrame): boolean;
  shown(frame: KeyedFrame, state: SendState): void;
  acked(frame: KeyedFrame, ack: Pick<Ack, "id"> | null): void;
  refused(frame: KeyedFrame, error: Pick<Refused, "code" | "text" | "current">): void;
}

interface Item {
  readonly frame: KeyedFrame;
  retries: number;
  /** It was given to a way out, so the server may have it, whether it answered or not. */
  hasLeft: boolean;
  resend?: ReturnType<typeof setTimeout> | undefined;
  trouble?: ReturnType<typeof setTimeout> | undefined;
}

const laneOf = (frame: KeyedFrame): string => (frame.t === "post" ? `thread:${frame.thread}` : frame.key);

export class Outbox {
  private readonly items = new Map<string, Item>();

  constructor(
    private readonly door: OutboxDoor,
    private readonly kept: KeptSends,
    private readonly random: () => number = Math.random,
  ) {}

  /** Sends left over from before a reload. */
  restore(): void {
    for (const frame of this.kept.load()) this.add(frame, true);
  }

  put(frame: KeyedFrame): void {
    this.add(frame, false);
  }

  /** Only what surely never left: the same words under a new key would be said twice. */
  takeBack(key: string): KeyedFrame | null {
    const item = this.items.get(key);
    if (!item || item.hasLeft) return null;
    this.settle(key, () => undefined);
    return item.frame;
  }

  private add(frame: KeyedFrame, hasLeft: boolean): void {
    if (this.items.has(frame.key)) return;
    const item: Item = { frame, retries: 0, hasLeft };
    this.items.set(frame.key, item);
    this.save();
    this.door.shown(frame, "sending");
    this.expect(item);
    if (this.leads(item)) this.send(item);
  }

  get waiting(): KeyedFrame[] {
    return [...this.items.values()].map(({ frame }) => frame);
  }

  mayBeTakenBack(key: string): boolean {
    return this.items.get(key)?.hasLeft === false;
  }

  isLeading(key: string): boolean {
    const item = this.items.get(key);
    return item !== undefined && this.leads(item);
  }

  /** A way out is open (again): everything unacked goes once more, with its old key. */
  linked(): void {
    for (const item of this.items.values()) if (this.leads(item)) this.send(item);
  }

  /** A person pressed "try again". */
  hurry(key: string): void {
    const item = this.items.get(key);
    if (!item) return;
    this.door.shown(item.frame, "sending");
    this.expect(item);
    if (this.leads(item)) this.send(item);
  }

  hearAck(ack: Pick<Ack, "key" | "id">): void {
    this.settle(ack.key, (frame) => {
      this.door.acked(frame, ack);
    });
  }

  /** Accepted by a way that names no id, such as a form. */
  accepted(key: string): void {
    this.settle(key, (frame) => {
      this.door.acked(frame, null);
    });
  }

  hearError(error: Pick<Refused, "ref" | "code" | "retry" | "after_ms" | "text" | "current">): void {
    const item = error.ref === null ? undefined : this.items.get(error.ref);
    if (!item) return;
    if (error.retry) {
      this.again(item, error.after_ms ?? this.backoff(item));
      return;
    }
    this.settle(item.frame.key, (frame) => {
      this.door.refused(frame, error);
    });
  }

  private settle(key: string, tell: (frame: KeyedFrame) => void): void {
    const item = this.items.get(key);
    if (!item) return;
    clearTimeout(item.resend);
    clearTimeout(item.trouble);
    this.items.delete(key);
    this.save();
    tell(item.frame);
    const next = [...this.items.values()].find(({ frame }) => laneOf(frame) === laneOf(item.frame));
    if (next) this.send(next);
  }

  private leads(item: Item): boolean {
    const lane = laneOf(item.frame);
    for (const other of this.items.values()) if (laneOf(other.frame) === lane) return other === item;
    return false;
  }

  private send(item: Item): void {
    clearTimeout(item.resend);
    if (!this.door.say(item.frame)) return;
    item.hasLeft = true;
    this.again(item, Math.max(ACK_PATIENCE_MS, this.backoff(item)));
  }

  private again(item: Item, ms: number): void {
    clearTimeout(item.resend);
    item.resend = setTimeout(() => {
      item.retries += 1;
      this.send(item);
    }, ms);
  }

  private backoff(item: Item): number {
    return FIRST_RETRY_MS + this.random() * Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** item.retries);
  }

  private expect(item: Item): void {
    clearTimeout(item.trouble);
    item.trouble = setTimeout(() => {
      this.door.shown(item.frame, "failed");
    }, SHOW_TROUBLE_AFTER_MS);
  }

  private save(): void {
    this.kept.save(this.waiting);
  }
}
