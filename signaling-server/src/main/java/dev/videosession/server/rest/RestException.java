package dev.videosession.server.rest;

import dev.videosession.server.http.HttpReply;
import java.util.Map;

/** A call that is answered with an error. */
final class RestException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;

    /** The message is for the caller. */
    RestException(int status, String message) {
        super(message);
        this.status = status;
    }

    RestException(int status, String message, Throwable cause) {
        super(message, cause);
        this.status = status;
    }

    /** Without Retry-After some HTTP clients repeat a call by themselves on status 408, with the same token. */
    HttpReply reply() {
        HttpReply reply = reply(status, String.valueOf(getMessage()));
        return switch (status) {
            case 401 -> new HttpReply(status, reply.contentType(), Map.of("WWW-Authenticate", "Bearer"), reply.body());
            case 408, 429, 503 -> new HttpReply(status, reply.contentType(), Map.of("Retry-After", "1"), reply.body());
            default -> reply;
        };
    }

    /** Every error has a body: one of the libraries waits for ever without it. */
    private static HttpReply reply(int status, String message) {
        return HttpReply.json(status, Json.write(writer -> {
            writer.beginObject();
            writer.name("code").value(status);
            writer.name("message").value(message);
            writer.endObject();
        }));
    }
}
