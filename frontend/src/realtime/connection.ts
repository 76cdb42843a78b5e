/** Keeps one socket alive for the page: tries again with patience, and stops where only a person can help. */

import { afterClose, delayBefore } from "./reconnect";
import type { End } from "./reconnect";
import { Socket } from "./socket";
import type { ClientFrame, HelloFrame, ServerFrame } from "./wire";

/** A socket that lived this long proves that opening works; shorter ones count as failures. */
const PROVEN_AFTER_MS = 10_000;
const LINK_DOWN = 1006;

export interface ConnectionDoor {
  opened(hello: HelloFrame): void;
  heard(frame: ServerFrame): void;
  /** `failures`: how often in a row no socket was greeted at all. */
  lost(failures: number): void;
  ended(end: End): void;
}

export class Connection {
  private socket: Socket | null = null;
  private waiting: ReturnType<typeof setTimeout> | undefined;
  private attempt = 0;
  private failures = 0;
  private openedAt: number | null = null;
  private askedToWaitMs: number | null = null;
  private isStopped = true;

  constructor(
    private readonly url: string,
    private readonly door: ConnectionDoor,
    private readonly random: () => number = Math.random,
  ) {}

  get isOpen(): boolean {
    return this.openedAt !== null;
  }

  start(): void {
    if (!this.isStopped) return;
    this.isStopped = false;
    this.open();
  }

  stop(): void {
    this.isStopped = true;
    clearTimeout(this.waiting);
    this.socket?.end(1000);
  }

  /** Something changed for the better (the link is back, the page is looked at): do not wait long. */
  hurry(): void {
    if (this.isStopped || this.socket || this.askedToWaitMs !== null) return;
    this.attempt = 0;
    this.tryIn(delayBefore(0, this.random));
  }

  /** The browser says that the link is down: a socket over it would stay silent for a long time. */
  drop(): void {
    this.socket?.end(LINK_DOWN);
  }

  send(frame: ClientFrame): boolean {
    return this.socket?.send(frame) ?? false;
  }

  private open(): void {
    clearTimeout(this.waiting);
    this.askedToWaitMs = null;
    if (this.isStopped || this.socket) return;
    this.socket = new Socket(this.url, {
      opened: (hello) => {
        this.openedAt = Date.now();
        this.failures = 0;
        this.door.opened(hello);
      },
      heard: (frame) => {
        if (frame.t === "bye") this.askedToWaitMs = frame.retry_in_ms;
        this.door.heard(frame);
      },
      closed: (code) => {
        this.closed(code);
      },
    });
  }

  private closed(code: number): void {
    const lived = this.openedAt === null ? 0 : Date.now() - this.openedAt;
    if (this.openedAt === null) this.failures += 1;
    if (lived >= PROVEN_AFTER_MS) this.attempt = 0;
    this.socket = null;
    this.openedAt = null;
    this.door.lost(this.failures);
    if (this.isStopped) return;
    const after = afterClose(code);
    if (typeof after === "string") {
      this.isStopped = true;
      this.door.ended(after);
      return;
    }
    const delayMs = delayBefore(this.attempt, this.random);
    if (after.atLeastMs) this.askedToWaitMs ??= after.atLeastMs + delayMs;
    this.tryIn(this.askedToWaitMs ?? delayMs);
    this.attempt += 1;
  }

  private tryIn(ms: number): void {
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => {
      this.open();
    }, ms);
  }
}
