package dev.videosession.server.internal.outbox;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/** Builds WebSocket text frames as the bytes that go over the wire, so that many sockets can share one. */
final class TextFrame {
    private static final int FINAL_TEXT = 0x81;
    private static final int TWO_BYTE_LENGTH = 126;
    private static final int EIGHT_BYTE_LENGTH = 127;
    static final int LONGEST_HEADER = 10;

    private TextFrame() {}

    /** The caller owns the one reference of the result. */
    static ByteBuf of(byte[] utf8) {
        ByteBuf frame = ByteBufAllocator.DEFAULT.ioBuffer(utf8.length + LONGEST_HEADER);
        writeHeader(frame, FINAL_TEXT, utf8.length);
        return frame.writeBytes(utf8);
    }

    /** Writes the head of an unmasked frame. */
    static void writeHeader(ByteBuf frame, int first, int length) {
        frame.writeByte(first);
        if (length < TWO_BYTE_LENGTH) {
            frame.writeByte(length);
        } else if (length <= 0xFFFF) {
            frame.writeByte(TWO_BYTE_LENGTH).writeShort(length);
        } else {
            frame.writeByte(EIGHT_BYTE_LENGTH).writeLong(length);
        }
    }
}
