/** For tests: a room's page at work over a socket that the test holds. */

import { vi } from "vitest";

import { FakeSocket, useFakeSockets } from "../realtime/fake_socket";
import { putRoom, ROOM } from "./fake_page";
import { Room } from "./room";

export let log: HTMLElement;
export let room: Room;

/** Load the page (again), as the server gave it, and let its socket be greeted. */
export function open(asGiven: (page: HTMLElement) => void = () => undefined): void {
  const page = putRoom();
  asGiven(page.root);
  log = page.log;
  room = new Room(page.root, "ws://here/ws/");
  room.start();
  connect();
}

export function connect(): void {
  FakeSocket.last.greets();
  FakeSocket.last.hears({ t: "live", stream: "room:x", epoch: "e", position: 40 });
}

export function begin(): void {
  vi.useFakeTimers();
  sessionStorage.clear();
  useFakeSockets();
  const page = `<body>${ROOM.replace("Head", "Head anew")}</body>`;
  vi.stubGlobal("fetch", vi.fn(() => Promise.resolve(new Response(page))));
  open();
}

export function finish(): void {
  room.live.stop();
  vi.clearAllTimers();
  vi.useRealTimers();
  vi.unstubAllGlobals();
}

export const area = (): HTMLTextAreaElement => document.querySelector("textarea") as HTMLTextAreaElement;
export const field = (name: string): HTMLInputElement => document.querySelector(`[name="${name}"]`) as HTMLInputElement;
export const status = (): string | null | undefined => document.querySelector('[data-slot="status"]')?.textContent;

const visible = (selector: string): HTMLElement[] =>
  [...log.querySelectorAll<HTMLElement>(selector)].filter((row) => !row.hidden);
export const rows = (): HTMLElement[] => visible("[data-key]");
/** Ids of posts in the log, and "row" for what is under way. */
export const shown = (): string[] => visible("[data-post], [data-key]").map((row) => row.dataset.post ?? "row");

export function type(text: string): void {
  area().value = text;
  area().dispatchEvent(new Event("input", { bubbles: true }));
}

/** The key under which it goes. */
export function send(text: string): string {
  type(text);
  document.querySelector("form")?.dispatchEvent(new SubmitEvent("submit", { cancelable: true, bubbles: true }));
  return room.live.outbox.waiting.at(-1)?.key ?? "";
}

export function ack(key: string, id: string): void {
  FakeSocket.last.hears({ t: "ack", key, stream: "room:x", epoch: "e", position: 41, id });
}
