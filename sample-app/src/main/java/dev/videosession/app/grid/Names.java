package dev.videosession.app.grid;

import com.squareup.moshi.JsonReader;
import dev.videosession.protocol.VideoType;
import dev.videosession.session.Connection;
import dev.videosession.session.DisplayText;
import dev.videosession.session.QualityRating;
import dev.videosession.session.QualityScore;
import dev.videosession.session.Stream;
import java.io.IOException;
import java.util.Collection;
import java.util.Optional;
import okio.Buffer;

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
     * @return the name that its token gives it, see {@link #given}, or else the data of the token, or else the start of its id
     */
    public static String of(Connection connection) {
        String data = DisplayText.of(connection.data(), LONGEST);
        String id = connection.id().value();
        return given(connection)
                .orElseGet(() -> data.isEmpty() ? id.substring(0, Math.min(SHORT_ID, id.length())) : data);
    }

    /**
     * Names a client and takes its streams into account.
     *
     * @param connection any
     * @param streams what it publishes
     * @return the name that its token gives it, or else that of its first stream with a name, or else as {@link #of(Connection)}
     */
    public static String of(Connection connection, Collection<Stream> streams) {
        return given(connection)
                .or(() -> streams.stream()
                        .map(stream -> DisplayText.of(stream.name(), LONGEST))
                        .filter(name -> !name.isEmpty())
                        .findFirst())
                .orElseGet(() -> of(connection));
    }

    /**
     * Reads the name in the data of a token.
     *
     * @param connection any
     * @return the rest of data written {@code name=...}, or {@code name} of a JSON object; empty if there is none
     */
    public static Optional<String> given(Connection connection) {
        String data = connection.data().strip();
        String name =
                data.startsWith(NAME) ? data.substring(NAME.length()) : data.startsWith("{") ? jsonName(data) : "";
        return Optional.of(DisplayText.of(name, LONGEST)).filter(each -> !each.isEmpty());
    }

    /**
     * Reduces a score to one number.
     *
     * @param score of audio and video
     * @return the lower of both, 1 to 5, or 0 if neither is known
     */
    public static int quality(QualityScore score) {
        int audio = score.audio().map(QualityRating::score).orElse(0);
        int video = score.video().map(QualityRating::score).orElse(0);
        return audio == 0 || video == 0 ? Math.max(audio, video) : Math.min(audio, video);
    }

    private static String jsonName(String data) {
        try (JsonReader reader = JsonReader.of(new Buffer().writeUtf8(data))) {
            reader.beginObject();
            while (reader.hasNext()) {
                if (reader.nextName().equals("name") && reader.peek() == JsonReader.Token.STRING) {
                    return reader.nextString();
                }
                reader.skipValue();
            }
        } catch (IOException | RuntimeException e) { // Moshi reports wrong types by unchecked exceptions
            return "";
        }
        return "";
    }
}
