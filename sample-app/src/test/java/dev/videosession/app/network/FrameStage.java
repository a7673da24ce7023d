package dev.videosession.app.network;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Function;

/**
 * Lets the text of a WebSocket be changed under way: cuts one direction of it into frames, and hands each whole text to a
 * function. What is not a WebSocket, or was cut into fragments, passes as it is. Used by one thread.
 */
final class FrameStage {
    private static final byte[] HEAD_END = "\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1);
    private static final int TEXT = 0x81;

    private enum Part {
        HEAD,
        FRAMES,
        OPAQUE
    }

    private final Function<String, String> change;
    private byte[] pending = new byte[0];
    private Part part = Part.HEAD;

    /**
     * Makes a stage.
     *
     * @param change returns the text to send instead, or null for none
     */
    FrameStage(Function<String, String> change) {
        this.change = change;
    }

    /** Takes what arrived and returns what is to be sent on by now. */
    byte[] pass(byte[] bytes) {
        if (part == Part.OPAQUE) {
            return bytes;
        }
        pending = concat(pending, bytes);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        if (part == Part.HEAD) {
            passHead(out);
        }
        if (part == Part.FRAMES) {
            int used = 0;
            for (int length; (length = frameLength(used)) > 0; used += length) {
                out.writeBytes(frame(Arrays.copyOfRange(pending, used, used + length)));
            }
            pending = Arrays.copyOfRange(pending, used, pending.length);
        }
        return out.toByteArray();
    }

    private void passHead(ByteArrayOutputStream out) {
        String text = new String(pending, StandardCharsets.ISO_8859_1);
        int end = text.indexOf("\r\n\r\n");
        if (end < 0) {
            return;
        }
        String head = text.substring(0, end);
        boolean upgrade = head.startsWith("HTTP/1.1 101") || head.startsWith("GET /v1/signaling");
        // compressed frames could not be read
        String plain = head.replaceAll("(?i)\r\nSec-WebSocket-Extensions:[^\r]*", "");
        out.writeBytes(plain.getBytes(StandardCharsets.ISO_8859_1));
        out.writeBytes(HEAD_END);
        pending = Arrays.copyOfRange(pending, end + HEAD_END.length, pending.length);
        part = upgrade ? Part.FRAMES : Part.OPAQUE;
        if (!upgrade) {
            out.writeBytes(pending);
            pending = new byte[0];
        }
    }

    /** The length of the frame that starts there, with its head; 0 if it is not complete yet. */
    private int frameLength(int start) {
        int available = pending.length - start;
        if (available < 2) {
            return 0;
        }
        int shortLength = pending[start + 1] & 0x7F;
        int head = 2 + (shortLength == 126 ? 2 : shortLength == 127 ? 8 : 0) + (isMasked(pending[start + 1]) ? 4 : 0);
        if (available < head) {
            return 0;
        }
        ByteBuffer extended = ByteBuffer.wrap(pending, start + 2, head - 2);
        long payload = shortLength == 126
                ? extended.getShort() & 0xFFFF
                : shortLength == 127 ? extended.getLong() : shortLength;
        return available < head + payload ? 0 : Math.toIntExact(head + payload);
    }

    private static boolean isMasked(byte second) {
        return (second & 0x80) != 0;
    }

    private byte[] frame(byte[] frame) {
        if ((frame[0] & 0xFF) != TEXT) {
            return frame;
        }
        int shortLength = frame[1] & 0x7F;
        int head = 2 + (shortLength == 126 ? 2 : shortLength == 127 ? 8 : 0);
        byte[] mask = isMasked(frame[1]) ? Arrays.copyOfRange(frame, head, head + 4) : new byte[0];
        byte[] payload = masked(Arrays.copyOfRange(frame, head + mask.length, frame.length), mask);
        String text = new String(payload, StandardCharsets.UTF_8);
        String changed = change.apply(text);
        if (changed == null) {
            return new byte[0];
        }
        return changed.equals(text) ? frame : textFrame(changed.getBytes(StandardCharsets.UTF_8), mask);
    }

    private static byte[] textFrame(byte[] payload, byte[] mask) {
        ByteBuffer frame = ByteBuffer.allocate(payload.length + 14);
        int masking = mask.length == 0 ? 0 : 0x80;
        frame.put((byte) TEXT);
        if (payload.length < 126) {
            frame.put((byte) (masking | payload.length));
        } else if (payload.length <= 0xFFFF) {
            frame.put((byte) (masking | 126)).putShort((short) payload.length);
        } else {
            frame.put((byte) (masking | 127)).putLong(payload.length);
        }
        frame.put(mask).put(masked(payload, mask));
        return Arrays.copyOf(frame.array(), frame.position());
    }

    private static byte[] masked(byte[] payload, byte[] mask) {
        byte[] result = payload.clone();
        for (int i = 0; mask.length > 0 && i < result.length; i++) {
            result[i] ^= mask[i % 4];
        }
        return result;
    }

    private static byte[] concat(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
