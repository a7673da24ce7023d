package dev.videosession.app.faults;

import dev.videosession.protocol.SessionId;
import dev.videosession.protocol.codec.MessageCodec;
import dev.videosession.protocol.codec.MessageException;
import dev.videosession.protocol.message.ClientMessage;
import dev.videosession.protocol.message.Heartbeat;
import dev.videosession.protocol.message.ServerMessage;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A client without the SDK, which can break the rules of the protocol. It reads on request only. */
final class RawClient implements AutoCloseable {
    static final int TEXT = 0x81;
    private static final Logger LOG = LoggerFactory.getLogger(RawClient.class);
    private static final MessageCodec CODEC = new MessageCodec();
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final int CLOSE = 8;

    private final SessionId session;
    private final String token;
    private final Socket socket = new Socket();
    private final DataInputStream in;
    private final ScheduledExecutorService pulse = new ScheduledThreadPoolExecutor(1, RawClient::daemon);
    private final List<ServerMessage> received = new CopyOnWriteArrayList<>();
    private final List<String> expected = new CopyOnWriteArrayList<>();
    private ServerMessage.Connected connected;

    RawClient(URI server, SessionId session, String token) throws IOException {
        this.session = session;
        this.token = token;
        socket.setReceiveBufferSize(16 * 1024);
        socket.connect(new InetSocketAddress(server.getHost(), server.getPort()));
        socket.setTcpNoDelay(true);
        in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
        String upgrade = String.join(
                "\r\n",
                "GET /v1/signaling HTTP/1.1",
                "Host: faults",
                "Upgrade: websocket",
                "Connection: Upgrade",
                "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
                "\r\n");
        socket.getOutputStream().write(upgrade.getBytes(StandardCharsets.UTF_8));
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.readByte());
        }
        if (!head.toString().startsWith("HTTP/1.1 101")) {
            throw new IOException(head.toString());
        }
        var beating = pulse.scheduleAtFixedRate(this::beat, 2, 2, TimeUnit.SECONDS);
        LOG.debug("heartbeats: {}", beating);
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "raw-client");
        thread.setDaemon(true);
        return thread;
    }

    private void beat() {
        if (connected != null) {
            try {
                send(new Heartbeat());
            } catch (IOException e) {
                LOG.debug("{}", e.toString());
            }
        }
    }

    /** Enters the session, and reads its own roster only. */
    RawClient connect() throws IOException, MessageException {
        send(new ClientMessage.Connect(1, MessageCodec.PROTOCOL_VERSION, session, token, "raw/1", null));
        ServerMessage answer = readMessage();
        if (!(answer instanceof ServerMessage.Connected welcome)) {
            throw new IOException("not connected: " + answer);
        }
        connected = welcome;
        return this;
    }

    /** Takes over the connection of another client, with what it knows; returns the answer. */
    ServerMessage resume(RawClient lost) throws IOException, MessageException {
        send(new ClientMessage.Resume(
                1,
                MessageCodec.PROTOCOL_VERSION,
                session,
                lost.connected.connection().connectionId(),
                lost.connected.resumeKey(),
                lost.connected.roster().sequence()));
        connected = lost.connected;
        return readMessage();
    }

    String connection() {
        return connected.connection().connectionId().value();
    }

    /** The messages about its end so far. */
    List<String> expected() {
        return List.copyOf(expected);
    }

    List<ServerMessage> received() {
        return received;
    }

    /** Reads everything from now on. */
    RawClient listen() {
        daemon(() -> {
                    try {
                        while (true) {
                            received.add(readMessage());
                        }
                    } catch (IOException | MessageException e) {
                        LOG.debug("{}", e.toString());
                    }
                })
                .start();
        return this;
    }

    void awaitClose() {
        Awaitility.await("close frame")
                .atMost(LIMIT)
                .until(() -> expected.stream().anyMatch(event -> event.startsWith("close")));
    }

    private ServerMessage readMessage() throws IOException, MessageException {
        while (true) {
            int first = in.readUnsignedByte();
            int length = in.readUnsignedByte();
            if (length == 126) {
                length = in.readUnsignedShort();
            } else if (length == 127) {
                length = Math.toIntExact(in.readLong());
            }
            byte[] payload = in.readNBytes(length);
            if ((first & 0xF) == CLOSE) {
                expected.add("close " + ByteBuffer.wrap(payload).getShort());
                throw new IOException("closed");
            }
            ServerMessage message = CODEC.decodeServer(new String(payload, StandardCharsets.UTF_8));
            if (message instanceof ServerMessage.Disconnected end) {
                expected.add("disconnected " + end.reason().wireName() + " "
                        + end.detail().wireName());
            }
            if (!(message instanceof Heartbeat)) {
                return message;
            }
        }
    }

    void send(ClientMessage message) throws IOException {
        sendFrame(TEXT, CODEC.encodeClient(message).getBytes(StandardCharsets.UTF_8));
    }

    /** Masked with zeros. */
    synchronized void sendFrame(int first, byte[] payload) throws IOException {
        ByteBuffer frame = ByteBuffer.allocate(payload.length + 14);
        frame.put((byte) first);
        if (payload.length < 126) {
            frame.put((byte) (0x80 | payload.length));
        } else if (payload.length <= 0xFFFF) {
            frame.put((byte) (0x80 | 126)).putShort((short) payload.length);
        } else {
            frame.put((byte) (0x80 | 127)).putLong(payload.length);
        }
        frame.putInt(0).put(payload);
        OutputStream out = socket.getOutputStream();
        out.write(frame.array(), 0, frame.position());
        out.flush();
    }

    /** Breaks the socket with a reset. */
    void reset() throws IOException {
        pulse.shutdownNow();
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        pulse.shutdownNow();
        socket.close();
    }
}
