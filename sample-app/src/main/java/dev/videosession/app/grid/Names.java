package dev.videosession.app.grid;

import dev.videosession.protocol.VideoType;
import dev.videosession.session.Connection;
import dev.videosession.session.DisplayText;
import dev.videosession.session.Stream;

/** What people and their streams are called on the screen: cleaned and shortened, because others chose it. */
public final class Names {
    private static final String NAME = "name=";
    private static final int SHORT_ID = 8;
    private static final int LONGEST = 28;

    private Names() {}

    /**
     * Names a stream.
     *
     * @param stream any
     * @return its own name, or that of its publisher
     */
    public static String of(Stream stream) {
        String own = DisplayText.of(stream.name(), LONGEST);
        String name = own.isEmpty() ? of(stream.connection()) : own;
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
        return DisplayText.isolateInSwing(name) + "\u00A0(" + remark + ")";
    }

    /**
     * Names a client.
     *
     * @param connection any
     * @return the data of its token, which may be written {@code name=...}, or else the start of its id
     */
    public static String of(Connection connection) {
        String data = connection.data();
        String name = DisplayText.of(data.startsWith(NAME) ? data.substring(NAME.length()) : data, LONGEST);
        String id = connection.id().value();
        return name.isEmpty() ? id.substring(0, Math.min(SHORT_ID, id.length())) : name;
    }
}
