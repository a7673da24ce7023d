package dev.videosession.app.console;

import dev.videosession.app.text.Texts;
import dev.videosession.session.Stream;
import java.util.Collection;

/** Which clients a console lists. */
enum PeopleFilter {
    /** All. */
    ALL("console.filterAll"),
    /** Those that publish. */
    PUBLISHING("console.filterPublishing"),
    /** Those that publish without audio. */
    MUTED("console.filterMuted"),
    /** Those that publish nothing. */
    WATCHING("console.filterWatching"),
    /** Those that raise a hand. */
    HAND("console.filterHand"),
    /** Those that lost the connection. */
    RECONNECTING("console.filterReconnecting");

    private final String key;

    PeopleFilter(String key) {
        this.key = key;
    }

    boolean matches(Collection<Stream> streams, boolean reconnecting, boolean hand) {
        return switch (this) {
            case ALL -> true;
            case PUBLISHING -> !streams.isEmpty();
            case MUTED -> !streams.isEmpty() && streams.stream().noneMatch(Stream::hasAudio);
            case WATCHING -> streams.isEmpty();
            case HAND -> hand;
            case RECONNECTING -> reconnecting;
        };
    }

    @Override
    public String toString() {
        return Texts.of(key);
    }
}
