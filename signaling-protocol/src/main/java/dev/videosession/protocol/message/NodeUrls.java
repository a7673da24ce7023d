package dev.videosession.protocol.message;

import dev.videosession.protocol.text.Text;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Addresses of a server's nodes, as the server announces them. A client checks each address before it uses it. */
final class NodeUrls {
    private static final int MOST = 64;
    private static final int LONGEST = 255;

    private NodeUrls() {}

    static @Nullable List<String> checked(@Nullable List<String> urls) {
        return urls == null ? null : required(urls);
    }

    static List<String> required(@Nullable List<String> urls) {
        List<String> given = Text.require("nodes", urls);
        Text.requireRange("nodes", given.size(), 0, MOST);
        given.forEach(url -> Text.requireToken("nodes", url, LONGEST));
        return List.copyOf(given);
    }
}
