/** The room's page at work: joins the line to the server with what is on the page. */

import { mayBeKept } from "../realtime/kept_sends";
import { Live } from "../realtime/live";
import type { Link, LiveDoor, Places } from "../realtime/live";
import type { KeyedFrame } from "../realtime/outbox";
import type { EntryFrame } from "../realtime/wire";
import { Bursts } from "./bursts";
import { markCardRead } from "./cards";
import { Composer } from "./composer";
import { Draft, draftsAreCleared } from "./drafts";
import { applyEntry } from "./entries";
import type { EntriesDoor } from "./entries";
import { sendByForm } from "./form_sending";
import { LinkWords } from "./link_words";
import { showsTheEnd } from "./log_order";
import { emptyAfterSignOut, hideContent, isEmptied, logIn, pageOf, placesOf } from "./page";
import type { RoomPage } from "./page";
import { postIn } from "./posts";
import { sendReactions, takeBackReaction } from "./reactions";
import { Reading } from "./reading";
import { Refreshing } from "./refreshing";
import { Scrolling } from "./scrolling";
import { Sending } from "./sending";
import { tellTyping, TypingShown } from "./typing";
import { Unread } from "./unread";

export class Room {
  readonly live: Live;
  private readonly page: RoomPage;
  private readonly log: HTMLElement | null;
  private readonly scrolling: Scrolling | null;
  private readonly sending: Sending | null;
  private readonly bursts: Bursts | null;
  private readonly typing: TypingShown;
  private readonly reading: Reading | null;
  private readonly refreshing: Refreshing;
  private readonly unread: Unread;
  private readonly words: LinkWords;
  private composer: Composer | null = null;

  constructor(private readonly root: HTMLElement, url: string) {
    this.page = pageOf(root);
    this.log = logIn(root);
    this.words = new LinkWords(root.querySelector(".connection"));
    this.unread = new Unread(this.page.room);
    this.typing = new TypingShown(root.querySelector(".typing"));
    this.live = new Live({ url, me: this.page.me, places: placesOf(root), draftsAreCleared }, this.door());
    this.refreshing = new Refreshing(root, this.live, (change) => {
      if (isEmptied(root)) return;
      this.keepingScroll(change);
      this.compose();
    });
    this.bursts = this.log && new Bursts(this.log);
    this.scrolling = this.log && new Scrolling(this.log, () => this.reading?.look());
    this.sending = this.log && new Sending(this.log, {
      again: (key) => {
        this.live.outbox.hurry(key);
        this.live.hurry();
      },
      takeBack: (key) => {
        const frame = this.live.outbox.takeBack(key);
        if (frame) this.refused(frame, "");
        this.composer?.focus();
      },
      mayBeTakenBack: (key) => this.live.outbox.mayBeTakenBack(key),
    });
    this.reading = this.readingOf();
  }

  start(): void {
    this.compose();
    if (this.log) {
      this.unread.begin(this.log, Number(this.root.dataset.read) || 0);
      sendReactions(this.log, (frame) => {
        this.live.outbox.put(frame);
      });
    }
    this.root.addEventListener("click", (event) => {
      this.answer(event);
    });
    if (!location.hash) this.scrolling?.toWhatIsNew();
    this.live.start();
    this.reading?.look();
  }

  /** Leaving now would lose something that is kept nowhere else. */
  get holdsTheOnlyCopy(): boolean {
    const isKeptNowhere = (frame: KeyedFrame): boolean => frame.t === "post" && !mayBeKept(frame);
    if (this.live.outbox.waiting.some(isKeptNowhere)) return true;
    return this.composer?.hasText === true && !this.composer.isOpenlyWriting;
  }

  private door(): LiveDoor {
    return {
      apply: (entry, isLive) => {
        if (entry.kind === "post.added" && entry.thread === this.page.thread) this.bursts?.arriving(isLive);
        applyEntry(this.page, this.log, entry, isLive, this.entries());
      },
      snapshot: () => this.snapshot(),
      link: (link) => {
        this.linked(link);
      },
      ephemeral: (frame) => {
        if (frame.t === "typing" && frame.thread === this.page.thread && frame.who.id !== this.page.me) this.typing.heard(frame.who);
      },
      shown: (frame, state) => {
        this.keepingScroll(() => {
          if (frame.t === "post" && frame.thread === this.page.thread) this.sending?.show(frame, state);
        });
        if (state === "failed") this.composer?.say(this.composer.form.dataset.notSent ?? "");
      },
      acked: (frame, ack) => {
        if (frame.t !== "post") return;
        this.sending?.acked(frame.key, ack?.id, (id) => this.isShown(id));
        this.composer?.say(this.composer.form.dataset.sent ?? "");
        this.live.hurry();
      },
      refused: (frame, { text }) => {
        this.refused(frame, text);
      },
      sayByForm: (frame, outbox) => void sendByForm(frame, outbox),
    };
  }

  private entries(): EntriesDoor {
    return {
      postAdded: (post, entry, isLive) => {
        this.added(post, entry, isLive);
      },
      postShown: (id) => this.sending?.settled(id),
      unreadElsewhere: () => {
        this.unread.arrivedElsewhere();
      },
      changed: (entry) => {
        // What was out of sight comes back whole.
        if (entry.kind === "thread.released" && entry.thread === this.page.thread) void this.live.refetch();
        else this.refreshing.soon(entry.by?.mine === true);
      },
      keepingScroll: (change) => {
        this.keepingScroll(change);
      },
    };
  }

  private added(post: HTMLElement, entry: EntryFrame, isLive: boolean): void {
    const isMine = entry.by?.mine === true;
    if (isLive) this.typing.wrote();
    if (isMine) {
      post.setAttribute("aria-live", "off");
      this.sending?.arrived(post.dataset.post ?? "", this.leading());
    } else {
      if (isLive) post.classList.add("is-new");
      this.unread.arrived(post);
      this.scrolling?.offerJump();
    }
    this.reading?.look();
  }

  private leading(): string | undefined {
    const { outbox } = this.live;
    const isUnderWay = (frame: KeyedFrame): boolean =>
      frame.t === "post" && frame.thread === this.page.thread && outbox.isLeading(frame.key);
    return outbox.waiting.find(isUnderWay)?.key;
  }

  private keepingScroll(change: () => void): void {
    if (this.scrolling) this.scrolling.keeping(change);
    else change();
  }

  private isShown(id: string): boolean {
    return this.log !== null && postIn(this.log, id) !== null;
  }

  private async snapshot(): Promise<Places> {
    const places = await this.refreshing.all({
      ended: (end) => {
        this.linked(end);
      },
      threadIsGone: (isGone) => {
        this.words.threadIsGone(isGone);
      },
    });
    this.sending?.putBack((id) => this.isShown(id));
    this.reading?.look();
    return places;
  }

  private linked(link: Link): void {
    this.words.show(link, this.holdsTheOnlyCopy);
    if (link === "no_access") hideContent(this.root);
    if (link === "signed_out") emptyAfterSignOut(this.root);
    if (link === "signed_out" || link === "no_access") this.live.stop();
  }

  /** A thread that was closed and opened again comes with another text field. */
  private compose(): void {
    const form = this.root.querySelector<HTMLFormElement>("form#composer");
    const { thread, stream, me, sharesPresence } = this.page;
    if (!form || !thread || form === this.composer?.form) return;
    const mayTell = (): boolean => sharesPresence && composer.isOpenlyWriting;
    const typed = tellTyping({ stream, thread }, mayTell, (frame) => this.live.say(frame));
    const composer = new Composer(form, { stream, thread, me }, {
      send: (frame) => {
        this.live.outbox.put(frame);
        this.scrolling?.toEnd();
      },
      typed,
    });
    this.composer = composer;
  }

  private refused(frame: KeyedFrame, reason: string): void {
    if (frame.t === "react") {
      takeBackReaction(this.log && postIn(this.log, frame.post), frame);
      this.composer?.say(reason);
    }
    if (frame.t !== "post") return;
    this.sending?.remove(frame.key);
    if (frame.thread === this.page.thread && this.composer) this.composer.giveBack(frame, reason);
    else new Draft(this.page.me, frame.thread).keep(frame.body, true);
  }

  private answer(event: Event): void {
    const link = (event.target as Element).closest<HTMLElement>('[data-does="reply"], [data-does="no-reply"]');
    if (!link || !this.log || !this.composer) return;
    event.preventDefault();
    const post = link.dataset.does === "reply" ? link.closest<HTMLElement>("[data-post]")?.dataset.post : undefined;
    this.composer.answer(this.log, post ?? null);
  }

  private readingOf(): Reading | null {
    const { log, scrolling } = this;
    const { thread, stream } = this.page;
    if (!log || !scrolling || !thread) return null;
    return new Reading(stream, thread, Number(this.root.dataset.read) || 0, {
      isInView: () => log.clientHeight > 0 && log.childElementCount > 0 && scrolling.isAtEnd && showsTheEnd(log),
      position: () => this.live.lastOf(stream)?.position ?? 0,
      say: (frame) => this.live.say(frame),
      marked: () => {
        markCardRead(thread);
        log.querySelector(".log__read")?.remove();
        this.unread.wasRead();
      },
    });
  }
}
