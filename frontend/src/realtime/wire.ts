/** The twin of dialogue/realtime/client_frames.py and server_frames.py; tests/wire/examples.json holds both together. */

export type Language = "kk" | "ru" | "en";
export type Byline = "organisation" | "named" | "shielded";
export type Marking = "public" | "members" | "room" | "office";
export type Json = string | number | boolean | null | Json[] | { [name: string]: Json };

interface Place {
  stream: string;
  epoch: string;
  position: number;
}
export interface Person {
  id: string;
  name: string;
  organisation?: string;
}
export interface By {
  byline: Byline;
  name?: string;
  organisation?: string;
  pseudonym?: string;
  mine: boolean;
}

export interface RaiseFrame {
  t: "raise";
  key: string;
  stream: string;
  kind: "concern" | "discussion";
  title: string;
  body: string;
  lang: Language;
  region?: string;
  theme?: string;
  groups?: string[];
  urgency?: "low" | "normal" | "high" | "urgent";
  duty_bearer?: string;
  byline?: Byline;
  marking?: Marking;
}
export interface PostFrame {
  t: "post";
  key: string;
  stream: string;
  thread: string;
  body: string;
  reply_to?: string;
  lang?: Language;
  byline?: Byline;
  office_only?: boolean;
  attachments?: string[];
}
export type ClientFrame =
  | { t: "subscribe"; stream: string; epoch?: string; since?: number }
  | { t: "unsubscribe"; stream: string }
  | RaiseFrame
  | PostFrame
  | { t: "edit"; key: string; post: string; version: number; body: string }
  | { t: "withdraw"; key: string; post: string }
  | { t: "react"; key: string; post: string; reaction: string; on: boolean }
  | { t: "read"; stream: string; thread: string; position: number }
  | { t: "typing"; stream: string; thread: string }
  | { t: "got"; positions: Record<string, number> }
  | { t: "beat" };

type Fields<T extends ClientFrame["t"]> = Omit<Extract<ClientFrame, { t: T }>, "t">;
type Builder<T extends ClientFrame["t"]> = (fields: Fields<T>) => Extract<ClientFrame, { t: T }>;

/** One builder a kind: `say.post({ key, stream, thread, body })`. */
export const say: { readonly [T in ClientFrame["t"]]: Builder<T> } = {
  subscribe: (fields) => ({ t: "subscribe", ...fields }),
  unsubscribe: (fields) => ({ t: "unsubscribe", ...fields }),
  raise: (fields) => ({ t: "raise", ...fields }),
  post: (fields) => ({ t: "post", ...fields }),
  edit: (fields) => ({ t: "edit", ...fields }),
  withdraw: (fields) => ({ t: "withdraw", ...fields }),
  react: (fields) => ({ t: "react", ...fields }),
  read: (fields) => ({ t: "read", ...fields }),
  typing: (fields) => ({ t: "typing", ...fields }),
  got: (fields) => ({ t: "got", ...fields }),
  beat: () => ({ t: "beat" }),
};

export interface HelloFrame {
  t: "hello";
  protocol: "dialogue.v1";
  connection: string;
  heartbeat_seconds: number;
  server_time: string;
  limits: Record<string, number>;
  me: { id: string; name: string; language: Language };
}
export interface EntryFrame extends Place {
  t: "entry";
  kind: string;
  at: string;
  by?: By;
  thread?: string;
  post?: string;
  version?: number;
  stub?: true;
  title?: string;
  html?: string;
  text?: string;
  lang?: Language;
  facts?: Record<string, Json>;
}
export interface ErrorFrame {
  t: "error";
  ref: string | null;
  code: string;
  retry: boolean;
  after_ms: number | null;
  field: string | null;
  text: string;
  current?: Record<string, Json>;
}
export type ResetReason = "no_place" | "below_floor" | "ahead" | "other_epoch" | "too_far_behind" | "too_slow";
export type ServerFrame =
  | HelloFrame
  | { t: "entries"; stream: string; epoch: string; entries: EntryFrame[]; more: boolean }
  | ({ t: "live" } & Place)
  | EntryFrame
  | ({ t: "reset"; reason: ResetReason } & Place)
  | ({ t: "ack"; key: string; id: string } & Place)
  | ErrorFrame
  | { t: "typing"; stream: string; thread: string; who: Person }
  | { t: "presence"; stream: string; here: Person[] }
  | { t: "beat"; heads: Record<string, number> }
  | { t: "left"; stream: string; reason: "unsubscribed" | "no_access" }
  | { t: "bye"; retry_in_ms: number; reason: string };

type Check = (value: unknown) => boolean;
type Shape = Record<string, Check>;

const isText: Check = (value) => typeof value === "string";
const isFlag: Check = (value) => typeof value === "boolean";
const isCount: Check = (value) => Number.isInteger(value) && (value as number) >= 0;
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const oneOf = (...allowed: unknown[]): Check => (value) => allowed.includes(value);
const orNull = (check: Check): Check => (value) => value === null || check(value);
const listOf = (check: Check): Check => (value) => Array.isArray(value) && value.every(check);
const mapOf = (check: Check): Check => (value) => isObject(value) && Object.values(value).every(check);

/** Every required field is there, every field is known, and each holds what it may. */
const object = (required: Shape, optional: Shape = {}): Check => (value) =>
  isObject(value) &&
  Object.keys(required).every((name) => Object.hasOwn(value, name)) &&
  Object.entries(value).every(([name, held]) => {
    const shape = Object.hasOwn(required, name) ? required : optional;
    return Object.hasOwn(shape, name) && (shape[name] as Check)(held);
  });

const language = oneOf("kk", "ru", "en");
const place = { stream: isText, epoch: isText, position: isCount };
const person = object({ id: isText, name: isText }, { organisation: isText });
const by = object(
  { byline: oneOf("organisation", "named", "shielded"), mine: isFlag },
  { name: isText, organisation: isText, pseudonym: isText },
);
const entry = object(
  { t: oneOf("entry"), ...place, kind: isText, at: isText },
  {
    ...{ by, thread: isText, post: isText, version: isCount, stub: oneOf(true) },
    ...{ title: isText, html: isText, text: isText, lang: language, facts: isObject },
  },
);

const frame = (t: ServerFrame["t"], required: Shape, optional: Shape = {}): Check =>
  object({ t: oneOf(t), ...required }, optional);
const FRAMES: Record<ServerFrame["t"], Check> = {
  hello: frame("hello", {
    ...{ protocol: oneOf("dialogue.v1"), connection: isText, heartbeat_seconds: isCount, server_time: isText },
    ...{ limits: mapOf(isCount), me: object({ id: isText, name: isText, language }) },
  }),
  entries: frame("entries", { stream: isText, epoch: isText, entries: listOf(entry), more: isFlag }),
  live: frame("live", place),
  entry,
  reset: frame("reset", {
    ...place,
    reason: oneOf("no_place", "below_floor", "ahead", "other_epoch", "too_far_behind", "too_slow"),
  }),
  ack: frame("ack", { ...place, key: isText, id: isText }),
  error: frame(
    "error",
    {
      ...{ ref: orNull(isText), code: isText, retry: isFlag },
      ...{ after_ms: orNull(isCount), field: orNull(isText), text: isText },
    },
    { current: isObject },
  ),
  typing: frame("typing", { stream: isText, thread: isText, who: person }),
  presence: frame("presence", { stream: isText, here: listOf(person) }),
  beat: frame("beat", { heads: mapOf(isCount) }),
  left: frame("left", { stream: isText, reason: oneOf("unsubscribed", "no_access") }),
  bye: frame("bye", { retry_in_ms: isCount, reason: isText }),
};

/** The frame, or null for anything that is not in the dictionary. */
export function parseServerFrame(text: string): ServerFrame | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  if (!isObject(value) || typeof value.t !== "string" || !Object.hasOwn(FRAMES, value.t)) return null;
  return FRAMES[value.t as ServerFrame["t"]](value) ? (value as unknown as ServerFrame) : null;
}
