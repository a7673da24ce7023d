package dev.videosession.server.internal.http;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a request asks for (RFC 9112, section 3.2), in origin form or in absolute form.
 *
 * @param path as it came, without the query; {@code /} if an absolute form has none
 * @param query the text after the question mark, as it came, may be empty
 */
public record RequestTarget(String path, String query) {
    private static final Pattern ABSOLUTE = Pattern.compile("(?i:https?|wss?)://[^/?#\\s]+([^#\\s]*)");

    /**
     * Reads a target.
     *
     * @param target the second word of the request
     * @return the target, or empty if it is in neither form
     */
    public static Optional<RequestTarget> parse(String target) {
        String text = target;
        Matcher absolute = ABSOLUTE.matcher(target);
        if (absolute.matches()) {
            text = absolute.group(1).startsWith("/") ? absolute.group(1) : "/" + absolute.group(1);
        }
        if (!text.startsWith("/")) {
            return Optional.empty();
        }
        int question = text.indexOf('?');
        return Optional.of(
                question < 0
                        ? new RequestTarget(text, "")
                        : new RequestTarget(text.substring(0, question), text.substring(question + 1)));
    }
}
