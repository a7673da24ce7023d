package dev.videosession.server;

import dev.videosession.protocol.ClientMessage;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;

/** A client that breaks rules which a proper WebSocket library would not let it break. */
final class RawSocket implements AutoCloseable {
    static final String UPGRADE = String.join(
            "\r\n",
            "GET /v1/signaling HTTP/1.1",
            "Host: x",
            "Upgrade: websocket",
            "Connection: Upgrade",
            "Sec-WebSocket-Version: 13",
            "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
            "",
            "");

    private final Socket socket;
    private final DataInputStream in;

    RawSocket(SignalingServer server) throws IOException {
        this(server.address());
    }

    RawSocket(InetSocketAddress server) throws IOException {
        this(server, 4096);
    }

    /** With a small buffer the system takes many seconds to deliver some hundred kilobytes. */
    RawSocket(InetSocketAddress server, int receiveBuffer) throws IOException {
        socket = new Socket();
        socket.setReceiveBufferSize(receiveBuffer);
        socket.setSoTimeout(10_000);
        socket.connect(server);
        in = new DataInputStream(socket.getInputStream());
    }

    void write(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    }

    void writeBytes(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    String readAll() throws IOException {
        return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    boolean isClosedByServer() throws IOException {
        return in.read() < 0;
    }

    RawSocket upgrade() throws IOException {
        write(UPGRADE);
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.readByte());
        }
        if (!head.toString().startsWith("HTTP/1.1 101")) {
            throw new IOException(head.toString());
        }
        return this;
    }

    void send(ClientMessage message) throws IOException {
        sendFrame(0x81, TestClient.CODEC.encodeClient(message).getBytes(StandardCharsets.UTF_8));
    }

    /** Masked with zeros. */
    static byte[] frame(int first, byte[] payload) {
        ByteBuffer frame = ByteBuffer.allocate(payload.length + 14);
        putHead(frame, first, payload.length);
        frame.put(payload);
        return Arrays.copyOf(frame.array(), frame.position());
    }

    void sendFrame(int first, byte[] payload) throws IOException {
        socket.getOutputStream().write(frame(first, payload));
    }

    /** Says that so many bytes of text follow, and sends none. */
    void announceFrame(long length) throws IOException {
        ByteBuffer frame = ByteBuffer.allocate(14);
        putHead(frame, 0x81, length);
        socket.getOutputStream().write(frame.array(), 0, frame.position());
    }

    private static void putHead(ByteBuffer frame, int first, long length) {
        frame.put((byte) first);
        if (length < 126) {
            frame.put((byte) (0x80 | length));
        } else if (length <= 0xFFFF) {
            frame.put((byte) (0x80 | 126)).putShort((short) length);
        } else {
            frame.put((byte) (0x80 | 127)).putLong(length);
        }
        frame.putInt(0);
    }

    /** Skips text frames up to the close frame. */
    int readCloseCode() throws IOException {
        return readToTheEnd(text -> {});
    }

    /** Passes text frames on up to the close frame, and returns its code; 0 if the socket ended without one. */
    int readToTheEnd(Consumer<String> texts) throws IOException {
        while (true) {
            int first = in.read();
            if (first < 0) {
                return 0;
            }
            int length = in.readUnsignedByte();
            if (length == 126) {
                length = in.readUnsignedShort();
            } else if (length == 127) {
                length = (int) in.readLong();
            }
            byte[] payload = in.readNBytes(length);
            if ((first & 0xF) == 8) {
                return ByteBuffer.wrap(payload).getShort();
            }
            if ((first & 0xF) == 1) {
                texts.accept(new String(payload, StandardCharsets.UTF_8));
            }
        }
    }

    String readLine() throws IOException {
        StringBuilder line = new StringBuilder();
        while (line.indexOf("\r\n") < 0) {
            line.append((char) in.readUnsignedByte());
        }
        return line.toString();
    }

    /** Reads one HTTP response with a body and returns its head. */
    String readHead() throws IOException {
        StringBuilder head = new StringBuilder();
        int length = 0;
        String line = "";
        while (!line.equals("\r\n")) {
            line = readLine();
            head.append(line);
            if (line.startsWith("content-length: ")) {
                length = Integer.parseInt(line.substring(16).strip());
            }
        }
        in.readNBytes(length);
        return head.toString();
    }

    /** Reads one text frame. */
    String readText() throws IOException {
        in.readUnsignedByte();
        int length = in.readUnsignedByte();
        if (length == 126) {
            length = in.readUnsignedShort();
        }
        return new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }

    /** Ends with a reset instead of a proper end. */
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
