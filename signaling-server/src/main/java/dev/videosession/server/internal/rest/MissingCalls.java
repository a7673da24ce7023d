package dev.videosession.server.internal.rest;

import dev.videosession.server.internal.rest.call.RestException;
import dev.videosession.server.internal.rest.call.RestRoute;
import java.util.List;

/** Calls of OpenTok that this server does not have. They are refused with status 501. */
final class MissingCalls {
    private MissingCalls() {}

    private record Missing(String feature, String path, List<String> methods) {}

    private static final List<Missing> ALL = List.of(
            new Missing("Archiving", "/archive", List.of("POST", "GET")),
            new Missing("Archiving", "/archive/{id}", List.of("GET", "DELETE")),
            new Missing("Archiving", "/archive/{id}/stop", List.of("POST")),
            new Missing("Archiving", "/archive/{id}/streams", List.of("PATCH")),
            new Missing("Archiving", "/archive/{id}/layout", List.of("PUT")),
            new Missing("Broadcasting", "/broadcast", List.of("POST", "GET")),
            new Missing("Broadcasting", "/broadcast/{id}", List.of("GET")),
            new Missing("Broadcasting", "/broadcast/{id}/stop", List.of("POST")),
            new Missing("Broadcasting", "/broadcast/{id}/streams", List.of("PATCH")),
            new Missing("Broadcasting", "/broadcast/{id}/layout", List.of("PUT")),
            new Missing("SIP", "/dial", List.of("POST")),
            new Missing("SIP", "/call", List.of("POST")),
            new Missing("The audio connector", "/connect", List.of("POST")),
            new Missing("The experience composer", "/render", List.of("POST", "GET")),
            new Missing("The experience composer", "/render/{id}", List.of("GET", "DELETE")),
            new Missing("Live captioning", "/captions", List.of("POST")),
            new Missing("Live captioning", "/captions/{id}/stop", List.of("POST")),
            new Missing("Registering callbacks by a call", "/callback", List.of("POST", "GET")),
            new Missing("Registering callbacks by a call", "/callback/{id}", List.of("DELETE")),
            new Missing("DTMF", "/session/{sessionId}/play-dtmf", List.of("POST")),
            new Missing("DTMF", "/session/{sessionId}/connection/{connectionId}/play-dtmf", List.of("POST")));

    static List<RestRoute> routes() {
        return ALL.stream()
                .flatMap(missing -> missing.methods().stream()
                        .map(method -> new RestRoute(method, RestRoute.PROJECT + missing.path(), call -> {
                            throw new RestException(501, missing.feature() + " is not available on this server.");
                        })))
                .toList();
    }
}
