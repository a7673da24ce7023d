package dev.videosession.server.internal.rest.call;

import dev.videosession.server.http.HttpReply;
import java.util.concurrent.CompletionStage;

/**
 * A call of the REST API.
 *
 * @param method for instance {@code GET}
 * @param template of the path, with names in braces
 * @param handler answers
 */
public record RestRoute(String method, String template, Handler handler) {
    public static final String PROJECT = "/v2/project/{apiKey}";
    public static final String SESSION = PROJECT + "/session/{sessionId}";
    public static final String CONNECTION = SESSION + "/connection/{connectionId}";

    /** Carries out a call. */
    @FunctionalInterface
    public interface Handler {
        CompletionStage<HttpReply> answer(RestCall call) throws RestException;
    }
}
