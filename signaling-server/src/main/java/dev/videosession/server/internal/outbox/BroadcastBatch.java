package dev.videosession.server.internal.outbox;

import dev.videosession.protocol.time.TimeSource;
import dev.videosession.server.internal.metrics.ServerMetrics;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Successive broadcasts that are written together. Each member receives them as one buffer, so their number hardly affects the cost. Before
 * a message to one member alone, that member receives the broadcasts that are already in the batch. Belongs to the event loop of its
 * mailbox.
 */
final class BroadcastBatch {
    /** A slow reader keeps the whole buffer in memory, so it is small. One message may be longer. */
    private static final int LARGEST_BUFFER = 16 * 1024;

    private final ServerMetrics metrics;
    private final TimeSource time;
    private final BiConsumer<Outbox, ByteBuf> writer;
    private final List<BroadcastFrame> broadcasts = new ArrayList<>();
    /** How many of the broadcasts some members have received already. */
    private final Map<Outbox, Integer> received = new HashMap<>();

    private int frameBytes;
    private int messageBytes;

    /** Creates an empty batch. The writer writes to a socket and takes over one reference of the buffer. */
    BroadcastBatch(ServerMetrics metrics, TimeSource time, BiConsumer<Outbox, ByteBuf> writer) {
        this.metrics = metrics;
        this.time = time;
        this.writer = writer;
    }

    /** {@return whether a broadcast may be added: it is for the same members and fits into the buffer} */
    boolean accepts(BroadcastFrame broadcast) {
        return broadcasts.isEmpty()
                || (isAboutConnections() == broadcast.aboutConnection()
                        && frameBytes + broadcast.frame().readableBytes() <= LARGEST_BUFFER);
    }

    private boolean isAboutConnections() {
        return broadcasts.get(0).aboutConnection();
    }

    /** Adds a broadcast and takes over its reference. */
    void add(BroadcastFrame broadcast) {
        broadcasts.add(broadcast);
        frameBytes += broadcast.frame().readableBytes();
        messageBytes += broadcast.length();
    }

    /**
     * Writes to one socket what it has not received. It gets broadcasts that are added later when the batch is written.
     *
     * @param outbox of the socket
     * @param connectionEvents whether it gets broadcasts about connections; null if it gets none at all
     */
    void catchUp(Outbox outbox, @Nullable Boolean connectionEvents) {
        if (broadcasts.isEmpty()) {
            return;
        }
        Integer before = received.put(outbox, broadcasts.size());
        writeRest(outbox, connectionEvents, before == null ? 0 : before);
    }

    private void writeRest(Outbox outbox, @Nullable Boolean connectionEvents, int from) {
        int count = broadcasts.size() - from;
        if (count > 0 && connectionEvents != null && (connectionEvents || !isAboutConnections())) {
            long bytes = 0;
            for (int i = from; i < broadcasts.size(); i++) {
                bytes += broadcasts.get(i).length();
            }
            writer.accept(outbox, frames(from));
            metrics.sent(count, bytes);
        }
    }

    /**
     * Writes to each member what it has not received, and begins the next batch.
     *
     * @param members the sockets that get broadcasts, and whether they get those about connections
     */
    void write(Map<Outbox, Boolean> members) {
        if (broadcasts.isEmpty()) {
            return;
        }
        try {
            received.forEach((outbox, from) -> writeRest(outbox, members.get(outbox), from));
            int count = writeAll(members);
            metrics.sent(count * broadcasts.size(), (long) count * messageBytes);
        } finally {
            long now = time.nanos();
            for (BroadcastFrame broadcast : broadcasts) {
                broadcast.frame().release();
                metrics.fannedOut(now - broadcast.startNanos());
            }
            broadcasts.clear();
            received.clear();
            frameBytes = 0;
            messageBytes = 0;
        }
    }

    private int writeAll(Map<Outbox, Boolean> members) {
        int count = 0;
        ByteBuf frames = frames(0);
        try {
            for (Map.Entry<Outbox, Boolean> member : members.entrySet()) {
                if ((member.getValue() || !isAboutConnections())
                        && (received.isEmpty() || !received.containsKey(member.getKey()))) {
                    writer.accept(member.getKey(), frames.retainedDuplicate());
                    count++;
                }
            }
        } finally {
            frames.release();
        }
        return count;
    }

    /** {@return broadcasts from one on} The caller owns one reference of the result. */
    private ByteBuf frames(int from) {
        int count = broadcasts.size();
        if (from == count - 1) {
            return broadcasts.get(from).frame().retainedDuplicate();
        }
        int bytes = 0;
        for (int i = from; i < count; i++) {
            bytes += broadcasts.get(i).frame().readableBytes();
        }
        ByteBuf frames = ByteBufAllocator.DEFAULT.ioBuffer(bytes);
        for (int i = from; i < count; i++) {
            ByteBuf frame = broadcasts.get(i).frame();
            frames.writeBytes(frame, frame.readerIndex(), frame.readableBytes());
        }
        return frames;
    }
}
