package dev.videosession.app.logging;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes log messages of the form {@code event=NAME key=value key="text"} apart. */
final class KeyValues {
    private static final Pattern EVENT = Pattern.compile("event=\\w+( .*)?", Pattern.DOTALL);
    private static final Pattern FIELD = Pattern.compile("(\\w[\\w.-]*)=(?:\"([^\"]*)\"|(\\S*))(?: |$)");

    private KeyValues() {}

    /** {@return the fields in their order; the whole text as {@code message} if it is not entirely of this form} */
    static Map<String, String> parse(String text) {
        Map<String, String> fields = new LinkedHashMap<>();
        if (EVENT.matcher(text).matches()) {
            Matcher field = FIELD.matcher(text);
            int end = 0;
            while (end < text.length() && field.find(end) && field.start() == end) {
                fields.putIfAbsent(field.group(1), field.group(2) == null ? field.group(3) : field.group(2));
                end = field.end();
            }
            if (end == text.length()) {
                return fields;
            }
            fields.keySet().retainAll(Set.of("event"));
        }
        fields.put("message", text);
        return fields;
    }
}
