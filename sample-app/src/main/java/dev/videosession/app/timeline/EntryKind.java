package dev.videosession.app.timeline;

import dev.videosession.app.text.Texts;
import java.util.Locale;

/** What an entry of a timeline is about. */
public enum EntryKind {
    /** The own connection to the session. */
    CONNECTION,
    /** Clients that join, leave, lose their connection and come back. */
    PEOPLE,
    /** Streams that start, end and change. */
    STREAMS,
    /** Signals. */
    SIGNALS,
    /** What moderators did. */
    MODERATION,
    /** Failures. */
    ERRORS;

    /** {@return the word for it} */
    public String word() {
        return Texts.of("kind." + name().toLowerCase(Locale.ROOT));
    }
}
