package dev.videosession.protocol.codec;

import com.squareup.moshi.JsonAdapter;
import com.squareup.moshi.JsonDataException;
import com.squareup.moshi.JsonReader;
import com.squareup.moshi.JsonWriter;
import com.squareup.moshi.Moshi;
import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.DescriptionKind;
import dev.videosession.protocol.DisconnectDetail;
import dev.videosession.protocol.DisconnectReason;
import dev.videosession.protocol.Role;
import dev.videosession.protocol.SessionId;
import dev.videosession.protocol.StreamDestroyReason;
import dev.videosession.protocol.StreamId;
import dev.videosession.protocol.VideoType;
import dev.videosession.protocol.WireName;
import dev.videosession.protocol.message.FallbackState;
import dev.videosession.protocol.message.LinkCloseReason;
import dev.videosession.protocol.message.LinkId;
import dev.videosession.protocol.text.WellFormedText;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** JSON forms of the types that Moshi would read too generously, or does not know. */
final class StrictAdapters {
    private StrictAdapters() {}

    static Moshi.Builder addTo(Moshi.Builder builder) {
        JsonAdapter<String> strings = new StringAdapter();
        builder.add(String.class, strings.nullSafe());
        JsonAdapter<Long> longs = new NumberAdapter<>(JsonReader::nextLong);
        builder.add(long.class, longs).add(Long.class, longs.nullSafe());
        JsonAdapter<Integer> ints = new NumberAdapter<>(JsonReader::nextInt);
        builder.add(int.class, ints).add(Integer.class, ints.nullSafe());
        addId(builder, SessionId.class, SessionId::new, SessionId::value);
        addId(builder, ConnectionId.class, ConnectionId::new, ConnectionId::value);
        addId(builder, StreamId.class, StreamId::new, StreamId::value);
        addId(builder, LinkId.class, LinkId::new, LinkId::value);
        addEnum(builder, Role.class, null);
        addEnum(builder, VideoType.class, null);
        addEnum(builder, DisconnectReason.class, null);
        addEnum(builder, StreamDestroyReason.class, null);
        addEnum(builder, DescriptionKind.class, null);
        addEnum(builder, FallbackState.class, null);
        addEnum(builder, DisconnectDetail.class, DisconnectDetail.OTHER);
        addEnum(builder, LinkCloseReason.class, LinkCloseReason.OTHER);
        return builder;
    }

    private static <T> void addId(
            Moshi.Builder builder, Class<T> type, Function<String, T> reader, Function<T, String> writer) {
        builder.add(type, new TextAdapter<>(reader, writer).nullSafe());
    }

    private static <E extends Enum<E> & WireName> void addEnum(
            Moshi.Builder builder, Class<E> type, @Nullable E fallback) {
        Map<String, E> byName = new LinkedHashMap<>();
        for (E constant : type.getEnumConstants()) {
            byName.put(constant.wireName(), constant);
        }
        Function<String, E> reader = name -> {
            E constant = byName.getOrDefault(name, fallback);
            if (constant == null) {
                throw new IllegalArgumentException("one of " + byName.keySet() + " expected");
            }
            return constant;
        };
        builder.add(type, new TextAdapter<>(reader, WireName::wireName).nullSafe());
    }

    /** Refuses numbers and booleans where a string belongs. */
    private static final class StringAdapter extends JsonAdapter<String> {
        @Override
        public String fromJson(JsonReader reader) throws IOException {
            return nextString(reader);
        }

        @Override
        public void toJson(JsonWriter writer, @Nullable String value) throws IOException {
            writer.value(value);
        }
    }

    /** Refuses numbers in quotes. */
    private static final class NumberAdapter<N extends Number> extends JsonAdapter<N> {
        private final NumberReader<N> read;

        NumberAdapter(NumberReader<N> read) {
            this.read = read;
        }

        @Override
        public N fromJson(JsonReader reader) throws IOException {
            if (reader.peek() != JsonReader.Token.NUMBER) {
                throw new JsonDataException("a number expected at " + reader.getPath());
            }
            return read.from(reader);
        }

        @Override
        public void toJson(JsonWriter writer, @Nullable N value) throws IOException {
            writer.value(value);
        }
    }

    private interface NumberReader<N> {
        N from(JsonReader reader) throws IOException;
    }

    /** A type that is written as one string. */
    private static final class TextAdapter<T> extends JsonAdapter<T> {
        private final Function<String, T> read;
        private final Function<T, String> write;

        TextAdapter(Function<String, T> read, Function<T, String> write) {
            this.read = read;
            this.write = write;
        }

        @Override
        public T fromJson(JsonReader reader) throws IOException {
            String path = reader.getPath();
            try {
                return read.apply(nextString(reader));
            } catch (IllegalArgumentException e) {
                throw new JsonDataException(e.getMessage() + " at " + path, e);
            }
        }

        @Override
        public void toJson(JsonWriter writer, @Nullable T value) throws IOException {
            if (value == null) {
                writer.nullValue();
            } else {
                writer.value(write.apply(value));
            }
        }
    }

    private static String nextString(JsonReader reader) throws IOException {
        if (reader.peek() != JsonReader.Token.STRING) {
            throw new JsonDataException("a string expected at " + reader.getPath());
        }
        String path = reader.getPath();
        String text = reader.nextString();
        if (!WellFormedText.isWellFormed(text)) {
            throw new JsonDataException("half of a surrogate pair at " + path);
        }
        return text;
    }
}
