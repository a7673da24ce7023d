package dev.videosession.server.internal.rest.call;

import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.Limits;
import dev.videosession.protocol.SessionId;
import dev.videosession.protocol.StreamId;
import dev.videosession.server.http.HttpCall;
import dev.videosession.server.project.Project;
import dev.videosession.server.project.ProjectId;
import dev.videosession.server.project.SessionIds;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An authenticated call.
 *
 * @param caller the identifier, API key or application id, that the call's token names the project by
 */
public record RestCall(HttpCall http, Project project, ProjectId caller) {
    /** How a client is removed: the message for its user, and whether its token is banned. */
    public record Removal(@Nullable String message, boolean ban) {}

    /** A part of a list. */
    public record Page(int offset, int count) {
        public <T> List<T> of(List<T> all) {
            int from = Math.min(offset, all.size());
            return all.subList(from, from + Math.min(count, all.size() - from));
        }
    }

    /** {@return the session of the path} A session of another project is unknown. */
    public SessionId session(int statusIfInvalid) throws RestException {
        SessionId id = id("sessionId", SessionId::new, statusIfInvalid);
        boolean own = SessionIds.read(id)
                .filter(parts -> project.has(parts.project()))
                .isPresent();
        if (!own) {
            throw new RestException(statusIfInvalid, "The session id is invalid.");
        }
        return id;
    }

    public ConnectionId connection() throws RestException {
        return id("connectionId", ConnectionId::new, 404);
    }

    public StreamId stream() throws RestException {
        return id("streamId", StreamId::new, 404);
    }

    private <T> T id(String name, Function<String, T> make, int statusIfInvalid) throws RestException {
        try {
            return make.apply(String.valueOf(http.parameters().get(name)));
        } catch (IllegalArgumentException e) {
            throw new RestException(statusIfInvalid, "The " + name + " is invalid.", e);
        }
    }

    public JsonBody body() throws RestException {
        return JsonBody.parse(http.body());
    }

    /** From the body or the query; both may be missing. */
    public Removal removal() throws RestException {
        JsonBody body = body();
        Map<String, List<String>> query = query();
        String message = body.has("message") ? body.text("message") : first(query, "message");
        if (message != null && message.length() > Limits.MODERATOR_MESSAGE) {
            throw new RestException(400, "message is longer than " + Limits.MODERATOR_MESSAGE + " characters.");
        }
        Boolean ban = body.flag("ban");
        String text = first(query, "ban");
        if (ban == null && text != null && !text.equals("true") && !text.equals("false")) {
            throw new RestException(400, "ban must be true or false.");
        }
        return new Removal(message, ban != null ? ban : "true".equals(text));
    }

    public Page page() throws RestException {
        Map<String, List<String>> query = query();
        return new Page(number(query, "offset", 0), number(query, "count", Integer.MAX_VALUE));
    }

    private static int number(Map<String, List<String>> query, String name, int otherwise) throws RestException {
        String text = first(query, name);
        if (text == null) {
            return otherwise;
        }
        try {
            int number = Integer.parseInt(text);
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new RestException(400, name + " must be a whole number", e);
        }
        throw new RestException(400, name + " must not be negative");
    }

    private Map<String, List<String>> query() throws RestException {
        try {
            return new QueryStringDecoder(http.query(), false).parameters();
        } catch (IllegalArgumentException e) {
            throw new RestException(400, "The query is malformed.", e);
        }
    }

    private static @Nullable String first(Map<String, List<String>> query, String name) {
        List<String> values = query.getOrDefault(name, List.of());
        return values.isEmpty() || values.get(0).isEmpty() ? null : values.get(0);
    }
}
