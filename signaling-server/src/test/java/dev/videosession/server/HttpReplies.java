package dev.videosession.server;

import com.squareup.moshi.JsonAdapter;
import com.squareup.moshi.Moshi;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads all that came over one socket as HTTP responses, strictly. */
final class HttpReplies {
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.1 ([1-5][0-9][0-9])(?: [ -~]*)?");
    private static final JsonAdapter<Object> JSON = new Moshi.Builder().build().adapter(Object.class);

    private HttpReplies() {}

    /** One response; header names in lower case. */
    record Reply(int status, Map<String, String> headers, String body) {
        boolean isErrorInJson() {
            try {
                return "application/json".equals(headers.get("content-type"))
                        && JSON.fromJson(body) instanceof Map<?, ?> error
                        && (Double.valueOf(status).equals(error.get("code")) || isOfBadToken(error))
                        && error.get("message") instanceof String message
                        && !message.isBlank();
            } catch (IOException e) {
                return false;
            }
        }

        private boolean isOfBadToken(Map<?, ?> error) {
            return (status == 401 || status == 403) && Double.valueOf(-1).equals(error.get("code"));
        }
    }

    /** Stops behind a 101: what follows is no HTTP. */
    static List<Reply> parse(byte[] received) {
        String all = new String(received, StandardCharsets.ISO_8859_1);
        List<Reply> replies = new ArrayList<>();
        int at = 0;
        while (at < all.length()) {
            int end = all.indexOf("\r\n\r\n", at);
            if (end < 0) {
                throw new AssertionError("no whole response: " + all.substring(at));
            }
            String[] lines = all.substring(at, end).split("\r\n", -1);
            Matcher status = STATUS.matcher(lines[0]);
            if (!status.matches()) {
                throw new AssertionError("no status line: " + lines[0]);
            }
            Map<String, String> headers = new TreeMap<>();
            for (int i = 1; i < lines.length; i++) {
                String[] header = lines[i].split(": ?", 2);
                if (header.length < 2 || headers.put(header[0].toLowerCase(Locale.ROOT), header[1].strip()) != null) {
                    throw new AssertionError("broken or repeated header: " + lines[i]);
                }
            }
            int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
            at = end + 4 + length;
            if (at > all.length()) {
                throw new AssertionError("the body ends early: " + all.substring(end));
            }
            int code = Integer.parseInt(status.group(1));
            replies.add(new Reply(code, headers, all.substring(end + 4, at)));
            if (code == 101) {
                return replies;
            }
        }
        return replies;
    }
}
