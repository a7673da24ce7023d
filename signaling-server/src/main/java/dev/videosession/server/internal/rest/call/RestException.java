package dev.videosession.server.internal.rest.call;

import dev.videosession.server.http.HttpReply;
import java.util.Map;

/** A call that is answered with an error. */
public final class RestException extends Exception {
    private static final long serialVersionUID = 1L;

    /** OpenTok's code for a call with an invalid token. */
    private static final int UNAUTHENTICATED = -1;

    private final int status;
    private final int code;

    /** The message is for the caller. */
    public RestException(int status, String message) {
        super(message);
        this.status = status;
        this.code = status;
    }

    public RestException(int status, String message, Throwable cause) {
        super(message, cause);
        this.status = status;
        this.code = status;
    }

    /** With a code of OpenTok's own, which differs from the HTTP status. */
    public RestException(int status, int code, String message) {
        super(message);
        this.status = status;
        this.code = code;
    }

    public static RestException unauthenticated(int status, String message) {
        return new RestException(status, UNAUTHENTICATED, message);
    }

    /** Without Retry-After some HTTP clients repeat a call by themselves on status 408, with the same token. */
    public HttpReply reply() {
        HttpReply reply = reply(status, code, String.valueOf(getMessage()));
        return switch (status) {
            case 401 -> new HttpReply(status, reply.contentType(), Map.of("WWW-Authenticate", "Bearer"), reply.body());
            case 408, 429, 503 -> new HttpReply(status, reply.contentType(), Map.of("Retry-After", "1"), reply.body());
            default -> reply;
        };
    }

    /** Every error has a body: one of the libraries waits for ever without it. */
    private static HttpReply reply(int status, int code, String message) {
        return HttpReply.json(status, Json.write(writer -> {
            writer.beginObject();
            writer.name("code").value(code);
            writer.name("message").value(message);
            writer.name("description").value(message);
            writer.endObject();
        }));
    }
}
