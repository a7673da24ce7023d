package dev.videosession.app.people;

import com.squareup.moshi.JsonReader;
import com.squareup.moshi.JsonWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import okio.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * What a participant says of itself in a signal of the type {@value #SIGNAL}: to all when it joins or something changes, and to each
 * client that joins later. A client that neither sends it nor publishes is a watcher.
 *
 * @param name its name
 * @param hand whether it raises a hand
 */
public record ParticipantSignal(String name, boolean hand) {
    /** Type of the signal. */
    public static final String SIGNAL = "participant";

    private static final int LONGEST = 2048;

    /** {@return the data of the signal} */
    public String encode() {
        Buffer buffer = new Buffer();
        try (JsonWriter writer = JsonWriter.of(buffer)) {
            writer.beginObject();
            writer.name("name").value(name);
            writer.name("hand").value(hand);
            writer.endObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return buffer.readUtf8();
    }

    /**
     * Reads the data of a signal.
     *
     * @param data from another client
     * @return what it says, or empty if it cannot be read
     */
    public static Optional<ParticipantSignal> decode(@Nullable String data) {
        if (data == null || data.length() > LONGEST) {
            return Optional.empty();
        }
        String name = "";
        boolean hand = false;
        try (JsonReader reader = JsonReader.of(new Buffer().writeUtf8(data))) {
            reader.beginObject();
            while (reader.hasNext()) {
                switch (reader.nextName()) {
                    case "name" -> name = reader.nextString();
                    case "hand" -> hand = reader.nextBoolean();
                    default -> reader.skipValue();
                }
            }
            reader.endObject();
        } catch (IOException | RuntimeException e) { // Moshi reports wrong types by unchecked exceptions
            return Optional.empty();
        }
        return Optional.of(new ParticipantSignal(name, hand));
    }
}
