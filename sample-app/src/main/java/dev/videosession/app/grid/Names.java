package dev.videosession.app.grid;

import dev.videosession.protocol.VideoType;
import dev.videosession.session.Connection;
import dev.videosession.session.Stream;

/** What people and their streams are called on the screen. */
public final class Names {
    private static final String NAME = "name=";
    private static final int SHORT_ID = 8;

    private Names() {}

    /**
     * Names a stream.
     *
     * @param stream any
     * @return its own name, or that of its publisher
     */
    public static String of(Stream stream) {
        String name = stream.name().isBlank() ? of(stream.connection()) : stream.name();
        boolean screen = stream.videoType().filter(VideoType.SCREEN::equals).isPresent();
        return screen ? remarked(name, "screen") : name;
    }

    /**
     * Adds a remark to a name.
     *
     * @param name of a stream or client
     * @param remark a word
     * @return both, in one word with the end of the name, so that the remark counts for no initial
     */
    public static String remarked(String name, String remark) {
        return name + "\u00A0(" + remark + ")";
    }

    /**
     * Names a client.
     *
     * @param connection any
     * @return the data of its token, which may be written {@code name=...}, or else the start of its id
     */
    public static String of(Connection connection) {
        String data = connection.data();
        if (data.startsWith(NAME)) {
            return data.substring(NAME.length());
        }
        String id = connection.id().value();
        return data.isBlank() ? id.substring(0, Math.min(SHORT_ID, id.length())) : data;
    }
}
