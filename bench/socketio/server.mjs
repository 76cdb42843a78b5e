// Baseline: Socket.IO with its Redis adapter, one process, websockets only. Nothing is kept.
import { createServer } from "node:http";
import { createAdapter } from "@socket.io/redis-adapter";
import { createClient } from "redis";
import { Server } from "socket.io";

const [port, url] = process.argv.slice(2);
const publisher = createClient({ url });
const subscriber = publisher.duplicate();
await Promise.all([publisher.connect(), subscriber.connect()]);

const http = createServer();
const io = new Server(http, {
  adapter: createAdapter(publisher, subscriber),
  perMessageDeflate: false,
  transports: ["websocket"],
});

io.on("connection", (socket) => {
  const room = `hall ${socket.handshake.query.room}`;
  socket.join(room);
  socket.on("say", (text) => io.to(room).emit("said", text));
  socket.emit("welcome");
});

http.listen(Number(port), "127.0.0.1");
