package dev.videosession.server.internal.data;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * Something that a server must remember of a token until the token ends.
 *
 * @param kind what happened
 * @param key which token
 * @param endSeconds when the token ends by itself, seconds since the epoch; {@link Long#MAX_VALUE} for never
 */
public record TokenRecord(Kind kind, String key, long endSeconds) {
    private static final Pattern LINE = Pattern.compile("([0-9a-f]{8}) ([A-Z]+) (\\d{1,19}) ([A-Za-z0-9_-]*)");

    /** Why a token is recorded. */
    public enum Kind {
        /** A backend revoked a client's token; the key is its fingerprint. */
        REVOKED,
        /** The holder of a client's token was banned; the key is its fingerprint. */
        BANNED,
        /** A REST call used the token; the key is the project and the token's {@code jti}. */
        USED
    }

    /** {@return the record as a line: checksum, kind, end, key} */
    public String toLine() {
        String content = kind + " " + endSeconds + " "
                + Base64.getUrlEncoder().withoutPadding().encodeToString(key.getBytes(StandardCharsets.UTF_8));
        return checksum(content) + " " + content;
    }

    /**
     * Reads a line.
     *
     * @param line as {@link #toLine} makes it
     * @return the record, or empty if the line is damaged
     */
    public static Optional<TokenRecord> parse(String line) {
        Matcher matcher = LINE.matcher(line);
        if (!matcher.matches() || !checksum(line.substring(9)).equals(matcher.group(1))) {
            return Optional.empty();
        }
        try {
            String key = new String(Base64.getUrlDecoder().decode(matcher.group(4)), StandardCharsets.UTF_8);
            return Optional.of(new TokenRecord(Kind.valueOf(matcher.group(2)), key, Long.parseLong(matcher.group(3))));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String checksum(String content) {
        CRC32 crc = new CRC32();
        crc.update(content.getBytes(StandardCharsets.US_ASCII));
        return String.format(Locale.ROOT, "%08x", crc.getValue());
    }
}
