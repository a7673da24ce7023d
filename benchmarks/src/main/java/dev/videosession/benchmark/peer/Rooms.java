package dev.videosession.benchmark.peer;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoop;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The members of each path, apart for each event loop. A broadcast is one frame for all members; broadcasts that are
 * waiting in a loop share one flush of each socket.
 */
final class Rooms {
    private final Map<String, Map<EventLoop, Members>> rooms = new ConcurrentHashMap<>();

    /** Called on the loop of the socket, like {@link #remove}. Frames are written at the context. */
    void add(String path, ChannelHandlerContext socket) {
        EventLoop loop = socket.channel().eventLoop();
        rooms.computeIfAbsent(path, key -> new ConcurrentHashMap<>())
                .computeIfAbsent(loop, Members::new)
                .sockets
                .add(socket);
    }

    void remove(String path, ChannelHandlerContext socket) {
        Map<EventLoop, Members> room = rooms.get(path);
        Members members = room == null ? null : room.get(socket.channel().eventLoop());
        if (members != null) {
            members.sockets.remove(socket);
        }
    }

    /** Sends a frame. Takes over one reference. */
    void broadcast(String path, ByteBuf frame) {
        Map<EventLoop, Members> room = rooms.get(path);
        if (room != null) {
            room.values().forEach(members -> members.send(frame.retain()));
        }
        frame.release();
    }

    private static final class Members {
        private static final int LONGEST_BATCH = 64;

        private final EventLoop loop;
        private final Set<ChannelHandlerContext> sockets = new LinkedHashSet<>();
        private boolean flushing;
        private int unflushed;

        Members(EventLoop loop) {
            this.loop = loop;
        }

        void send(ByteBuf frame) {
            loop.execute(() -> {
                for (ChannelHandlerContext socket : sockets) {
                    socket.write(frame.retainedDuplicate(), socket.voidPromise());
                }
                frame.release();
                unflushed++;
                if (unflushed == LONGEST_BATCH) {
                    flushAll();
                }
                if (!flushing) {
                    flushing = true;
                    loop.execute(this::flush); // behind the broadcasts that wait already
                }
            });
        }

        private void flush() {
            flushing = false;
            flushAll();
        }

        private void flushAll() {
            unflushed = 0;
            sockets.forEach(ChannelHandlerContext::flush);
        }
    }
}
