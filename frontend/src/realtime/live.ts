/** The page's whole line to the server: one connection, one follower a stream, one outbox. */

import { Connection } from "./connection";
import { Follower } from "./follower";
import type { FollowerDoor } from "./follower";
import { keptSends } from "./kept_sends";
import { Outbox } from "./outbox";
import type { OutboxDoor } from "./outbox";
import type { Place } from "./place";
import { Polling } from "./polling";
import { Receipts } from "./receipts";
import { delayBefore } from "./reconnect";
import type { End } from "./reconnect";
import type { ClientFrame, EntryFrame, HelloFrame, ServerFrame } from "./wire";

/** Sockets that never open this often in a row are taken for blocked. */
const BLOCKED_AFTER_FAILURES = 3;

export type Link = "online" | "offline" | "polling" | End;
export type Places = ReadonlyMap<string, Place>;

export interface LiveDoor extends Pick<OutboxDoor, "shown" | "acked" | "refused"> {
  apply(entry: EntryFrame, isLive: boolean): void;
  /** Fetch the page, show it, and answer with the places it carries. */
  snapshot(): Promise<Places>;
  link(link: Link): void;
  ephemeral(frame: Extract<ServerFrame, { t: "typing" | "presence" }>): void;
  /** Send by a form; only asked for while sockets are blocked. */
  sayByForm(frame: Parameters<OutboxDoor["say"]>[0], outbox: Outbox): void;
}

export interface LiveOptions {
  url: string;
  me: string;
  places: Places;
  draftsAreCleared: () => boolean;
}

export class Live {
  readonly outbox: Outbox;
  private readonly connection: Connection;
  private readonly polling: Polling;
  private readonly receipts: Receipts;
  private readonly followers = new Map<string, Follower>();
  private isPolling = false;
  private isElsewhere = false;
  private isFetching = false;
  private isOver = false;
  private fetchAttempt = 0;

  constructor(private readonly options: LiveOptions, private readonly door: LiveDoor) {
    this.connection = new Connection(options.url, {
      opened: (hello) => { this.opened(hello); },
      heard: (frame) => { this.heard(frame); },
      lost: (failures) => { this.lost(failures); },
      ended: (end) => { this.ended(end); },
    });
    this.receipts = new Receipts((frame) => this.connection.send(frame));
    this.outbox = new Outbox(
      { ...bound(door), say: (frame) => this.sayKeyed(frame) },
      keptSends(options.me, options.draftsAreCleared),
    );
    this.polling = new Polling({
      followers: () => this.followers.values(),
      heard: (frame) => { this.heard(frame); },
      reached: (isReached) => { this.reached(isReached); },
      signedOut: () => { this.ended("signed_out"); },
    });
    for (const [stream, place] of options.places) this.follow(stream, place);
  }

  start(): void {
    this.outbox.restore();
    this.connection.start();
  }

  /** The link is back, or somebody looks at the page: no long waiting now. */
  hurry(): void {
    if (this.isOver) return;
    if (this.isElsewhere && !document.hidden) this.connection.start();
    this.connection.hurry();
    this.polling.hurry();
  }

  /** The browser says that the link is down. */
  drop(): void {
    this.connection.drop();
  }

  /** For good: whoever may read again loads the page. */
  stop(): void {
    this.isOver = true;
    this.connection.stop();
    this.polling.stop();
  }

  /** What may be lost: typing, read marks. */
  say(frame: ClientFrame): boolean {
    return this.connection.send(frame);
  }

  lastOf(stream: string): Place | undefined {
    return this.followers.get(stream)?.last;
  }

  /** Whether what was drawn at these places shows all that was heard: an older answer would take it away again. */
  isFresh(places: Places): boolean {
    return [...places].every(([stream, { epoch, position }]) => {
      const last = this.lastOf(stream);
      return last?.epoch !== epoch || last.position <= position;
    });
  }

  /** Something on the page cannot be trusted: show it anew from the server. */
  async refetch(): Promise<void> {
    if (this.isFetching || this.isOver) return;
    this.isFetching = true;
    try {
      const places = await this.door.snapshot();
      this.fetchAttempt = 0;
      for (const [stream, place] of places) this.restart(stream, place);
    } catch {
      this.fetchAttempt += 1;
      setTimeout(() => void this.refetch(), delayBefore(this.fetchAttempt));
    } finally {
      this.isFetching = false;
    }
  }

  private restart(stream: string, place: Place): void {
    const follower = this.followers.get(stream);
    if (follower) follower.restart(place);
    else this.follow(stream, place).ask();
  }

  private follow(stream: string, place: Place): Follower {
    const door: FollowerDoor = {
      say: (frame) => this.connection.send(frame),
      apply: (entry, isLive) => { this.apply(entry, isLive); },
      received: (follower) => { this.receipts.note(follower); },
      needsSnapshot: () => void this.refetch(),
      lostAccess: () => { this.door.link("no_access"); },
    };
    const follower = new Follower(stream, place, door);
    this.followers.set(stream, follower);
    return follower;
  }

  private apply(entry: EntryFrame, isLive: boolean): void {
    try {
      this.door.apply(entry, isLive);
    } catch (error) {
      console.error(entry.kind, error);
      void this.refetch();
    }
  }

  private opened(hello: HelloFrame): void {
    // Another tab may have signed in as somebody else: what this page holds is not theirs to send.
    if (this.options.me && hello.me.id !== this.options.me) {
      this.connection.stop();
      this.ended("signed_out");
      return;
    }
    this.isPolling = false;
    this.isElsewhere = false;
    this.polling.stop();
    this.receipts.forget();
    this.door.link("online");
    for (const follower of this.followers.values()) follower.ask();
    this.outbox.linked();
  }

  private heard(frame: ServerFrame): void {
    if (frame.t === "ack") this.outbox.hearAck(frame);
    else if (frame.t === "error") this.outbox.hearError(frame);
    else if (frame.t === "beat") {
      for (const [stream, head] of Object.entries(frame.heads)) this.followers.get(stream)?.hearHead(head);
    } else if (frame.t === "typing" || frame.t === "presence") this.door.ephemeral(frame);
    else if (frame.t !== "hello" && frame.t !== "bye") this.followers.get(frame.stream)?.hear(frame);
  }

  private lost(failures: number): void {
    for (const follower of this.followers.values()) follower.away();
    this.receipts.forget();
    if (this.isPolling) return;
    this.door.link("offline");
    if (failures >= BLOCKED_AFTER_FAILURES) this.polling.start();
  }

  private reached(isReached: boolean): void {
    if (this.connection.isOpen) return;
    const wasPolling = this.isPolling;
    this.isPolling = isReached;
    const reading = this.isElsewhere ? "elsewhere" : "polling";
    this.door.link(isReached ? reading : "offline");
    if (isReached && !wasPolling) this.outbox.linked();
  }

  private ended(end: End): void {
    this.connection.stop();
    // Too many open pages: this one still reads, without a socket of its own.
    this.isElsewhere = end === "elsewhere";
    if (this.isElsewhere) this.polling.start();
    else this.polling.stop();
    this.door.link(end);
  }

  private sayKeyed(frame: Parameters<OutboxDoor["say"]>[0]): boolean {
    if (this.connection.isOpen) return this.connection.send(frame);
    if (!this.isPolling) return false;
    this.door.sayByForm(frame, this.outbox);
    return true;
  }
}

function bound(door: LiveDoor): Pick<OutboxDoor, "shown" | "acked" | "refused"> {
  return {
    shown: (frame, state) => { door.shown(frame, state); },
    acked: (frame, ack) => { door.acked(frame, ack); },
    refused: (frame, error) => { door.refused(frame, error); },
  };
}
