package dev.videosession.media.internal.x11;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/**
 * A connection to an X server: sends requests in their order and reads the reply of each. Events and errors of requests without a reply are
 * ignored. One thread at a time. See the protocol's specification, "X Window System Protocol, Version 11".
 */
final class XConnection implements AutoCloseable {
    private static final byte LITTLE_ENDIAN = 'l';
    private static final int VERSION = 11;
    private static final int HEADER = 32;
    private static final int REPLY = 1;
    private static final int GENERIC_EVENT = 35;
    private static final String COOKIE = "MIT-MAGIC-COOKIE-1";

    /** The longest reply that is read: the image of a window of 7680x4320. */
    private static final int MAX_REPLY = 160_000_000;

    private final SocketChannel socket;
    private final ByteBuffer head = buffer(HEADER);
    private ByteBuffer reply = buffer(HEADER);
    private int sent;
    private int root;
    private boolean littleEndianImages;

    private XConnection(SocketChannel socket) {
        this.socket = socket;
    }

    /** The server refused a request; usually a window does not exist any more. */
    static final class RefusedException extends IOException {
        private static final long serialVersionUID = 1L;

        RefusedException(int code, int opcode) {
            super("The X server answered request " + opcode + " with error " + code + ".");
        }
    }

    static XConnection open(XAddress address) throws IOException {
        SocketChannel socket = SocketChannel.open(UnixDomainSocketAddress.of(address.socket()));
        XConnection connection = new XConnection(socket);
        try {
            connection.setUp(address.cookie());
            return connection;
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    private void setUp(byte[] cookie) throws IOException {
        byte[] name = cookie.length == 0 ? new byte[0] : COOKIE.getBytes(StandardCharsets.US_ASCII);
        ByteBuffer request = buffer(12 + padded(name.length) + padded(cookie.length))
                .put(LITTLE_ENDIAN)
                .put((byte) 0)
                .putShort((short) VERSION)
                .putShort((short) 0)
                .putShort((short) name.length)
                .putShort((short) cookie.length)
                .putShort((short) 0);
        request.put(name).position(12 + padded(name.length));
        request.put(cookie);
        write(request);
        ByteBuffer head = read(8);
        ByteBuffer rest = read(4 * Short.toUnsignedInt(head.getShort(6)));
        if (head.get(0) != 1) {
            byte[] reason = new byte[Math.min(rest.remaining(), Byte.toUnsignedInt(head.get(1)))];
            rest.get(reason);
            throw new IOException(
                    "The X server refused the connection: " + new String(reason, StandardCharsets.ISO_8859_1).strip());
        }
        int vendor = Short.toUnsignedInt(rest.getShort(16));
        int formats = Byte.toUnsignedInt(rest.get(21));
        littleEndianImages = rest.get(22) == 0;
        root = rest.getInt(32 + padded(vendor) + 8 * formats);
    }

    /** {@return the window that covers the first screen} */
    int root() {
        return root;
    }

    /** {@return whether the bytes of a pixel are blue, green, red, unused} */
    boolean littleEndianImages() {
        return littleEndianImages;
    }

    static ByteBuffer buffer(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    static int padded(int bytes) {
        return bytes + 3 & ~3;
    }

    /**
     * Sends a request.
     *
     * @param opcode the request
     * @param data its second byte
     * @param body what follows its length; a multiple of four bytes
     */
    void send(int opcode, int data, byte[] body) throws IOException {
        write(buffer(4 + body.length)
                .put((byte) opcode)
                .put((byte) data)
                .putShort((short) (1 + body.length / 4))
                .put(body));
        sent = sent + 1 & 0xFFFF;
    }

    /**
     * Sends a request and waits for its reply.
     *
     * @return the whole reply: its 32 bytes, and what follows them; overwritten by the next one
     * @throws RefusedException if the server answers with an error
     */
    ByteBuffer ask(int opcode, int data, byte[] body) throws IOException {
        send(opcode, data, body);
        while (true) {
            fill(head.clear());
            int type = head.get(0) & 0x7F;
            long more = type == REPLY || type == GENERIC_EVENT ? 4 * Integer.toUnsignedLong(head.getInt(4)) : 0;
            if (more > MAX_REPLY) {
                throw new IOException("The X server sends a reply of " + more + " bytes.");
            }
            boolean awaited = Short.toUnsignedInt(head.getShort(2)) == sent;
            readRest((int) more);
            if (type == 0 && awaited) {
                throw new RefusedException(Byte.toUnsignedInt(head.get(1)), Byte.toUnsignedInt(head.get(10)));
            }
            if (type == REPLY && awaited) {
                return reply;
            }
        }
    }

    private void readRest(int bytes) throws IOException {
        if (reply.capacity() < HEADER + bytes) {
            reply = ByteBuffer.allocateDirect(HEADER + bytes).order(ByteOrder.LITTLE_ENDIAN);
        }
        reply.clear().limit(HEADER + bytes);
        fill(reply.put(head.position(0)));
    }

    private void write(ByteBuffer request) throws IOException {
        request.position(0);
        while (request.hasRemaining()) {
            socket.write(request);
        }
    }

    private ByteBuffer read(int bytes) throws IOException {
        ByteBuffer buffer = buffer(bytes);
        fill(buffer);
        return buffer;
    }

    private void fill(ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            if (socket.read(buffer) < 0) {
                throw new IOException("The X server closed the connection.");
            }
        }
        buffer.position(0);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
