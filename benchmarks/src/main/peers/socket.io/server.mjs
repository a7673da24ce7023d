// A Socket.IO server with rooms, tokens and removal. Arguments: the secret of the tokens.
import { createServer } from "node:http";
import { createInterface } from "node:readline";
import jwt from "jsonwebtoken";
import { Server } from "socket.io";

const secret = process.argv[2];
const http = createServer();
const io = new Server(http, { transports: ["websocket"], serveClient: false });

io.use((socket, next) => {
    try {
        socket.data.claims = jwt.verify(socket.handshake.auth.token, secret, { algorithms: ["HS256"] });
        next();
    } catch (error) {
        next(error);
    }
});

io.on("connection", (socket) => {
    const { room, role, events } = socket.data.claims;
    socket.join(room);
    if (events) {
        socket.to(room).emit("j", socket.id);
        socket.on("disconnect", () => io.to(room).emit("l", socket.id));
    }
    socket.on("m", (text) => io.to(room).emit("m", text));
    socket.on("k", (id) => {
        if (role === "moderator") {
            io.in(id).disconnectSockets(true);
        }
    });
});

http.listen(0, "127.0.0.1", 1024, () => console.log("listening " + http.address().port));

createInterface({ input: process.stdin })
    .on("line", (line) => {
        if (line === "memory") {
            global.gc();
            const { heapUsed, external } = process.memoryUsage();
            console.log("heap " + (heapUsed + external));
        }
    })
    .on("close", () => process.exit(0));
