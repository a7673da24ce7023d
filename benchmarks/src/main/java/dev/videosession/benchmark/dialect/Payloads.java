package dev.videosession.benchmark.dialect;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Text in buffers. */
final class Payloads {
    private Payloads() {}

    /** The byte at a position of a payload, 0 behind its end. */
    static int at(ByteBuffer buffer, int offset, int length, int index) {
        return index < length ? buffer.get(offset + index) : 0;
    }

    /** The value of the first field of a name in JSON without spaces. */
    static String field(String json, String name) {
        String start = "\"" + name + "\":\"";
        int from = json.indexOf(start);
        if (from < 0) {
            throw new IllegalArgumentException("no field " + name + " in " + json);
        }
        return json.substring(from + start.length(), json.indexOf('"', from + start.length()));
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
