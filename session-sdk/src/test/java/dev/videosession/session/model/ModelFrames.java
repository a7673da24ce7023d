package dev.videosession.session.model;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;

/** The bytes of a WebSocket as a client writes and reads them; the mask is all zeros. */
final class ModelFrames {
    private static final String UPGRADE = String.join(
            "\r\n",
            "GET /v1/signaling HTTP/1.1",
            "Host: server.test",
            "Upgrade: websocket",
            "Connection: Upgrade",
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
            "Sec-WebSocket-Version: 13",
            "",
            "");
    private static final int TEXT = 1;
    private static final int CLOSE = 8;
    private static final int MASKED = 0x80;

    /** Takes what comes out of the server. */
    interface Reader {
        void upgraded();

        void text(String text);

        void closed(int code, String reason);
    }

    private final ByteBuf unread = Unpooled.buffer();
    private boolean upgraded;

    static ByteBuf upgrade() {
        return Unpooled.copiedBuffer(UPGRADE, StandardCharsets.US_ASCII);
    }

    static ByteBuf text(String text) {
        return frame(TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    static ByteBuf close(int code) {
        return frame(CLOSE, new byte[] {(byte) (code >> 8), (byte) code});
    }

    private static ByteBuf frame(int opcode, byte[] payload) {
        ByteBuf frame = Unpooled.buffer(payload.length + 8);
        frame.writeByte(0x80 | opcode);
        if (payload.length < 126) {
            frame.writeByte(MASKED | payload.length);
        } else {
            frame.writeByte(MASKED | 126).writeShort(payload.length);
        }
        return frame.writeInt(0).writeBytes(payload);
    }

    /** Reads on; takes over the buffer. */
    void read(ByteBuf more, Reader reader) {
        unread.writeBytes(more);
        more.release();
        if (!upgraded) {
            int end = unread.toString(StandardCharsets.US_ASCII).indexOf("\r\n\r\n");
            if (end < 0) {
                return;
            }
            String head =
                    unread.readCharSequence(end + 4, StandardCharsets.US_ASCII).toString();
            if (!head.startsWith("HTTP/1.1 101")) {
                throw new AssertionError("no WebSocket: " + head);
            }
            upgraded = true;
            reader.upgraded();
        }
        while (readFrame(reader)) {
            unread.discardReadBytes();
        }
    }

    private boolean readFrame(Reader reader) {
        if (unread.readableBytes() < 2) {
            return false;
        }
        int start = unread.readerIndex();
        int opcode = unread.getByte(start) & 0xF;
        long length = unread.getByte(start + 1) & 0x7F;
        int header = length < 126 ? 2 : length == 126 ? 4 : 10;
        if (unread.readableBytes() < header) {
            return false;
        }
        if (header > 2) {
            length = header == 4 ? unread.getUnsignedShort(start + 2) : unread.getLong(start + 2);
        }
        if (unread.readableBytes() < header + length) {
            return false;
        }
        unread.skipBytes(header);
        ByteBuf payload = unread.readSlice((int) length);
        if (opcode == TEXT) {
            reader.text(payload.toString(StandardCharsets.UTF_8));
        } else if (opcode == CLOSE) {
            int code = payload.isReadable() ? payload.readUnsignedShort() : 1005;
            reader.closed(code, payload.toString(StandardCharsets.UTF_8));
        }
        return true;
    }
}
