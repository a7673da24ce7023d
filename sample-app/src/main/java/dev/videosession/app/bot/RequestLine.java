package dev.videosession.app.bot;

import com.squareup.moshi.JsonAdapter;
import com.squareup.moshi.JsonDataException;
import com.squareup.moshi.Moshi;
import dev.videosession.protocol.ErrorCode;
import java.io.IOException;
import java.util.Map;

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
            throw new CommandException(
                    null,
                    ErrorCode.BADLY_FORMED,
                    "a command needs the text \"do\", for instance {\"do\":\"disconnect\"}");
        }
        return new RequestLine(command, BotVerb.of(command).read(new RequestFields(command, fields)));
    }

    private static Map<?, ?> object(String line) throws CommandException {
        try {
            if (JSON.fromJson(line) instanceof Map<?, ?> fields) {
                return fields;
            }
            throw new CommandException(null, ErrorCode.BADLY_FORMED, "a command is one JSON object a line");
        } catch (IOException | JsonDataException e) {
            throw new CommandException(
                    null, ErrorCode.BADLY_FORMED, "the line is not JSON; a command is one JSON object a line", e);
        }
    }
}
