package dev.videosession.server.internal.rest;

import dev.videosession.server.http.HttpReply;
import java.util.concurrent.CompletionStage;

/**
 * A call of the REST API.
 *
 * @param method for instance {@code GET}
 * @param template of the path, with names in braces
 * @param operation answers
 */
record RestRoute(String method, String template, Operation operation) {
    static final String PROJECT = "/v2/project/{apiKey}";
    static final String SESSION = PROJECT + "/session/{sessionId}";
    static final String CONNECTION = SESSION + "/connection/{connectionId}";

    /** Carries out a call. */
    @FunctionalInterface
    interface Operation {
        CompletionStage<HttpReply> answer(RestCall call) throws RestException;
    }
}
