package dev.videosession.benchmark.load;

import dev.videosession.benchmark.dialect.Dialect;
import dev.videosession.benchmark.dialect.FrameKind;
import dev.videosession.benchmark.dialect.Member;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** One WebSocket. All methods must be called on the thread of the load generator. */
public final class LoadClient {
    private static final byte[] END_OF_HEAD = {'\r', '\n', '\r', '\n'};
    private static final String SWITCHING = "HTTP/1.1 101";

    private final SocketChannel channel;
    private final Dialect dialect;
    private final Member member;
    private final LoadListener listener;
    private final Queue<ByteBuffer> waiting = new ArrayDeque<>();
    private @Nullable SelectionKey key;
    /** The beginning of a frame whose end has not arrived. */
    private @Nullable ByteBuffer rest;

    private boolean upgraded;
    private boolean joined;
    private boolean closed;
    private long requests = 1;
    private String connectionId = "";

    LoadClient(SocketChannel channel, Dialect dialect, Member member, LoadListener listener) {
        this.channel = channel;
        this.dialect = dialect;
        this.member = member;
        this.listener = listener;
    }

    void registered(SelectionKey newKey) {
        key = newKey;
    }

    /** {@return whether it is a member of its session} */
    public boolean isJoined() {
        return joined && !closed;
    }

    boolean isClosed() {
        return closed;
    }

    /** {@return the id by which a moderator removes it; empty before it joined} */
    public String connectionId() {
        return connectionId;
    }

    /**
     * Sends a message to all members.
     *
     * @param text of {@link Dialect#TEXT_LENGTH} characters
     */
    public void send(String text) {
        requests++;
        write(dialect.message(requests, text));
    }

    /**
     * Asks the server to remove another client.
     *
     * @param other which
     */
    public void remove(LoadClient other) {
        requests++;
        write(dialect.remove(requests, other.connectionId()));
    }

    void heartbeat() {
        byte[] heartbeat = dialect.heartbeat();
        if (heartbeat != null && isJoined()) {
            write(Frames.TEXT, heartbeat);
        }
    }

    private void write(String text) {
        write(Frames.TEXT, text.getBytes(StandardCharsets.US_ASCII));
    }

    private void write(int opcode, byte[] payload) {
        write(Frames.masked(opcode, payload));
    }

    private void write(ByteBuffer bytes) {
        waiting.add(bytes);
        flush();
    }

    private void flush() {
        try {
            for (ByteBuffer next = waiting.peek(); next != null; next = waiting.peek()) {
                channel.write(next);
                if (next.hasRemaining()) {
                    interest(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
                    return;
                }
                waiting.remove();
            }
            interest(SelectionKey.OP_READ);
        } catch (IOException e) {
            end(String.valueOf(e.getMessage()));
        }
    }

    private void interest(int operations) {
        if (key != null && key.isValid() && key.interestOps() != operations) {
            key.interestOps(operations);
        }
    }

    void connected() throws IOException {
        channel.finishConnect();
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        write(ByteBuffer.wrap(String.join(
                        "\r\n",
                        "GET " + dialect.path(member) + " HTTP/1.1",
                        "Host: localhost",
                        "Upgrade: websocket",
                        "Connection: Upgrade",
                        "Sec-WebSocket-Version: 13",
                        "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
                        "\r\n")
                .getBytes(StandardCharsets.US_ASCII)));
    }

    void ready(ByteBuffer buffer) throws IOException {
        if (key != null && key.isValid() && key.isWritable()) {
            flush();
        }
        buffer.clear();
        if (rest != null) {
            buffer.put(rest);
            rest = null;
        }
        if (channel.read(buffer) < 0) {
            end("closed by the server");
            return;
        }
        buffer.flip();
        if (!upgraded && !upgrade(buffer)) {
            keep(buffer);
            return;
        }
        frames(buffer);
        if (!closed) {
            keep(buffer);
        }
    }

    private void keep(ByteBuffer buffer) {
        if (buffer.remaining() == buffer.capacity()) {
            end("a frame longer than " + buffer.capacity() + " bytes");
            return;
        }
        if (buffer.hasRemaining()) {
            rest = ByteBuffer.allocate(buffer.remaining()).put(buffer).flip();
        }
    }

    private boolean upgrade(ByteBuffer buffer) {
        int end = indexOfEnd(buffer);
        if (end < 0) {
            return false;
        }
        byte[] head = new byte[end];
        buffer.get(head);
        String text = new String(head, StandardCharsets.US_ASCII);
        if (!text.startsWith(SWITCHING)) {
            end(text.lines().findFirst().orElse(""));
            return false;
        }
        upgraded = true;
        if (!dialect.waitsForReady()) {
            join();
        }
        return true;
    }

    private static int indexOfEnd(ByteBuffer buffer) {
        for (int at = END_OF_HEAD.length; at <= buffer.limit(); at++) {
            if (buffer.get(at - 1) == '\n' && buffer.get(at - 2) == '\r' && buffer.get(at - 3) == '\n') {
                return at;
            }
        }
        return -1;
    }

    private void join() {
        byte[] message = dialect.join(member);
        if (message == null) {
            joined("");
        } else {
            write(Frames.TEXT, message);
        }
    }

    private void joined(String text) {
        if (!joined) {
            joined = true;
            connectionId = dialect.connectionId(text);
            listener.joined(this);
        }
    }

    private void frames(ByteBuffer buffer) {
        int start = buffer.position();
        int limit = buffer.limit();
        while (!closed) {
            int header = Frames.headerLength(buffer, start, limit);
            if (header < 0) {
                break;
            }
            int payload = start + header;
            int length = Frames.payloadLength(buffer, start);
            if (limit - payload < length) {
                break;
            }
            frame(Frames.opcode(buffer, start), buffer, payload, length);
            start = payload + length;
        }
        buffer.position(start);
    }

    private void frame(int opcode, ByteBuffer buffer, int payload, int length) {
        switch (opcode) {
            case Frames.TEXT -> text(buffer, payload, length);
            case Frames.PING -> write(Frames.PONG, bytes(buffer, payload, length));
            case Frames.CLOSE -> {
                byte[] status = bytes(buffer, payload, length);
                write(Frames.CLOSE, status);
                end("close frame " + closeText(status));
            }
            default -> {
                // the rest of a long message
            }
        }
    }

    private static String closeText(byte[] status) {
        return status.length < 2
                ? "without status"
                : ByteBuffer.wrap(status).getShort() + " "
                        + new String(status, 2, status.length - 2, StandardCharsets.UTF_8);
    }

    private void text(ByteBuffer buffer, int payload, int length) {
        FrameKind kind = dialect.kind(buffer, payload, length);
        switch (kind) {
            case MESSAGE -> listener.message(this, buffer, payload + length);
            case READY -> join();
            case JOINED -> joined(new String(bytes(buffer, payload, length), StandardCharsets.UTF_8));
            case REFUSED -> refused(new String(bytes(buffer, payload, length), StandardCharsets.UTF_8));
            case PING -> {
                byte[] pong = dialect.pong();
                if (pong != null) {
                    write(Frames.TEXT, pong);
                }
            }
            default -> listener.received(this, kind);
        }
    }

    private void refused(String text) {
        end(text);
    }

    private static byte[] bytes(ByteBuffer buffer, int offset, int length) {
        byte[] bytes = new byte[length];
        buffer.get(offset, bytes);
        return bytes;
    }

    void end(String cause) {
        if (!closed) {
            close();
            listener.closed(this, cause);
        }
    }

    /** Closes the socket. The server sees a lost connection. */
    public void close() {
        closed = true;
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
