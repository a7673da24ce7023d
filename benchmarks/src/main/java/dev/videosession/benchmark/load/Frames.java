package dev.videosession.benchmark.load;

import java.nio.ByteBuffer;

/** WebSocket frames (RFC 6455). Clients must mask; the mask is zero, so that the payload stays as it is. */
final class Frames {
    static final int CONTINUATION = 0x0;
    static final int TEXT = 0x1;
    static final int CLOSE = 0x8;
    static final int PING = 0x9;
    static final int PONG = 0xA;

    private static final int FINAL = 0x80;
    private static final int MASKED = 0x80;
    private static final int LENGTH = 0x7F;
    private static final int SHORT_LENGTH = 126;
    private static final int LONG_LENGTH = 127;
    private static final int MASK_BYTES = 4;
    private static final int BYTE = 0xFF;

    private Frames() {}

    static ByteBuffer masked(int opcode, byte[] payload) {
        ByteBuffer frame = ByteBuffer.allocate(payload.length + Long.BYTES + MASK_BYTES);
        frame.put((byte) (FINAL | opcode));
        if (payload.length < SHORT_LENGTH) {
            frame.put((byte) (MASKED | payload.length));
        } else {
            frame.put((byte) (MASKED | SHORT_LENGTH)).putShort((short) payload.length);
        }
        return frame.putInt(0).put(payload).flip();
    }

    static int opcode(ByteBuffer buffer, int start) {
        return buffer.get(start) & 0xF;
    }

    /** Length of the header of a server's frame, or -1 if more bytes are needed to tell. */
    static int headerLength(ByteBuffer buffer, int start, int end) {
        if (end - start < 2) {
            return -1;
        }
        int length = switch (buffer.get(start + 1) & LENGTH) {
            case SHORT_LENGTH -> 2 + Short.BYTES;
            case LONG_LENGTH -> 2 + Long.BYTES;
            default -> 2;
        };
        return end - start < length ? -1 : length;
    }

    static int payloadLength(ByteBuffer buffer, int start) {
        int length = buffer.get(start + 1) & LENGTH;
        return switch (length) {
            case SHORT_LENGTH -> ((buffer.get(start + 2) & BYTE) << Byte.SIZE) | (buffer.get(start + 3) & BYTE);
            case LONG_LENGTH -> Math.toIntExact(buffer.getLong(start + 2));
            default -> length;
        };
    }
}
