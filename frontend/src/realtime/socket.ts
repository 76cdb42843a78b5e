/** One WebSocket from opening to closing: greets, beats, notices silence. Knows nothing of streams. */

import { parseServerFrame, say } from "./wire";
import type { ClientFrame, HelloFrame, ServerFrame } from "./wire";

const PROTOCOL = "dialogue.v1";
const OPENS_WITHIN_MS = 15_000;
const BEAT_MS = 15_000;
const SILENCE_MS = 50_000;
const SILENT = 4408;
const REFUSED = 1006;

export interface SocketDoor {
  opened(hello: HelloFrame): void;
  heard(frame: ServerFrame): void;
  /** Called once; `code` is 1006 when there never was a connection. */
  closed(code: number): void;
}

export class Socket {
  private readonly socket: WebSocket;
  private readonly beating: ReturnType<typeof setInterval>;
  private patience: ReturnType<typeof setTimeout>;
  private isGreeted = false;
  private isOver = false;

  constructor(url: string, private readonly door: SocketDoor) {
    this.socket = new WebSocket(url, [PROTOCOL]);
    this.patience = setTimeout(() => {
      this.end(REFUSED);
    }, OPENS_WITHIN_MS);
    this.beating = setInterval(() => {
      this.send(say.beat({}));
    }, BEAT_MS);
    this.socket.onmessage = ({ data }: MessageEvent<unknown>) => {
      if (typeof data === "string") this.read(data);
    };
    this.socket.onclose = ({ code }) => {
      this.end(code);
    };
  }

  /** False when nothing can be sent now. */
  send(frame: ClientFrame): boolean {
    if (!this.isGreeted || this.isOver || this.socket.readyState !== WebSocket.OPEN) return false;
    this.socket.send(JSON.stringify(frame));
    return true;
  }

  /** Close from our side. A dead link never answers, so nobody waits for its close event. */
  end(code: number): void {
    if (this.isOver) return;
    this.isOver = true;
    clearTimeout(this.patience);
    clearInterval(this.beating);
    this.socket.onmessage = null;
    this.socket.onclose = null;
    this.socket.close();
    this.door.closed(code);
  }

  private read(text: string): void {
    clearTimeout(this.patience);
    this.patience = setTimeout(() => {
      this.end(SILENT);
    }, SILENCE_MS);
    const frame = parseServerFrame(text);
    if (!frame) return;
    if (frame.t !== "hello") {
      this.door.heard(frame);
    } else if (!this.isGreeted) {
      this.isGreeted = true;
      this.door.opened(frame);
    }
  }
}
