package dev.videosession.app.bot;

import com.squareup.moshi.JsonAdapter;
import com.squareup.moshi.JsonDataException;
import com.squareup.moshi.Moshi;
import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.ErrorCode;
import dev.videosession.protocol.StreamId;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A line of input: its {@code do} and what that means. Fields that a command does not know are ignored.
 *
 * @param command the {@code do}
 * @param request its meaning
 */
record RequestLine(String command, BotRequest request) {
    private static final JsonAdapter<Object> JSON = new Moshi.Builder().build().adapter(Object.class);

    static RequestLine parse(String line) throws CommandException {
        Map<?, ?> fields = object(line);
        if (!(fields.get("do") instanceof String command)) {
            throw new CommandException(null, ErrorCode.BADLY_FORMED, "a command needs the text \"do\"");
        }
        return new RequestLine(command, new Fields(command, fields).request());
    }

    private static Map<?, ?> object(String line) throws CommandException {
        try {
            if (JSON.fromJson(line) instanceof Map<?, ?> fields) {
                return fields;
            }
            throw new CommandException(null, ErrorCode.BADLY_FORMED, "a command is one JSON object a line");
        } catch (IOException | JsonDataException e) {
            throw new CommandException(null, ErrorCode.BADLY_FORMED, "the line is not JSON", e);
        }
    }

    private record Fields(String command, Map<?, ?> fields) {
        BotRequest request() throws CommandException {
            return switch (command) {
                case "forceDisconnect" ->
                    new BotRequest.ForceDisconnect(
                            required("connection", ConnectionId::new), text("message"), flag("ban", false));
                case "forceUnpublish" -> new BotRequest.ForceUnpublish(stream());
                case "muteStream" -> new BotRequest.MuteStream(stream());
                case "muteAll" -> new BotRequest.MuteAll(streams("excluded"));
                case "disableForceMute" -> new BotRequest.DisableForceMute();
                case "signal" -> new BotRequest.Signal(text("type"), text("data"), optional("to", ConnectionId::new));
                case "publish" -> new BotRequest.Publish();
                case "unpublish" -> new BotRequest.Unpublish();
                case "subscribe" -> new BotRequest.Subscribe(stream());
                case "unsubscribe" -> new BotRequest.Unsubscribe(stream());
                case "publishAudio" -> new BotRequest.PublishAudio(flag("on", true));
                case "publishVideo" -> new BotRequest.PublishVideo(flag("on", true));
                case "preventDefault" -> new BotRequest.PreventDefault();
                case "connect" -> new BotRequest.Connect();
                case "disconnect" -> new BotRequest.Disconnect();
                case "exit" -> new BotRequest.Exit();
                default -> throw new CommandException(command, ErrorCode.NOT_SUPPORTED, "unknown command");
            };
        }

        private StreamId stream() throws CommandException {
            return required("stream", StreamId::new);
        }

        private List<StreamId> streams(String name) throws CommandException {
            Object value = fields.get(name);
            if (value == null) {
                return List.of();
            }
            if (value instanceof List<?> list && list.stream().allMatch(String.class::isInstance)) {
                return convert(
                        name,
                        list,
                        items -> items.stream()
                                .map(item -> new StreamId(Objects.toString(item)))
                                .toList());
            }
            throw invalid("\"" + name + "\" must be an array of texts");
        }

        private <T> T required(String name, Function<String, T> type) throws CommandException {
            T value = optional(name, type);
            if (value == null) {
                throw invalid("\"" + name + "\" is missing");
            }
            return value;
        }

        private <T> @Nullable T optional(String name, Function<String, T> type) throws CommandException {
            String value = text(name);
            return value == null ? null : convert(name, value, type);
        }

        private <S, T> T convert(String name, S value, Function<S, T> type) throws CommandException {
            try {
                return type.apply(value);
            } catch (IllegalArgumentException e) {
                throw new CommandException(
                        command, ErrorCode.INVALID_PARAMETER, "\"" + name + "\": " + e.getMessage(), e);
            }
        }

        private @Nullable String text(String name) throws CommandException {
            Object value = fields.get(name);
            if (value == null || value instanceof String) {
                return (String) value;
            }
            throw invalid("\"" + name + "\" must be a text");
        }

        private boolean flag(String name, boolean otherwise) throws CommandException {
            Object value = fields.get(name);
            if (value == null) {
                return otherwise;
            }
            if (value instanceof Boolean on) {
                return on;
            }
            throw invalid("\"" + name + "\" must be true or false");
        }

        private CommandException invalid(String message) {
            return new CommandException(command, ErrorCode.INVALID_PARAMETER, message);
        }
    }
}
