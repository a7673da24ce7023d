package dev.videosession.media.internal.link.fuzz;

import java.util.List;
import java.util.regex.Pattern;

/** Keeps a fuzzer from sending connectivity checks to strangers. */
final class Addresses {
    private static final Pattern IPV4 = Pattern.compile("\\b\\d{1,10}\\.\\d{1,10}\\.\\d{1,10}\\.\\d{1,10}\\b");
    private static final List<String> KEPT = List.of(
            "192.0.2.", "198.51.100.", "203.0.113.", "127.", "0.0.0.0", "255.255.255.255", "224.", "169.254.", "10.");
    private static final Pattern IPV6 = Pattern.compile("\\b[23][0-9a-fA-F]{3}:[0-9a-fA-F:.]+");

    private Addresses() {}

    /** Replaces every literal address outside the documentation, loopback, private and special ranges. */
    static String confine(String text) {
        String confined = IPV4.matcher(text)
                .replaceAll(
                        found -> KEPT.stream().anyMatch(found.group()::startsWith) ? found.group() : "198.51.100.1");
        return IPV6.matcher(confined)
                .replaceAll(found -> found.group().startsWith("2001:db8:") ? found.group() : "2001:db8::1");
    }
}
