package dev.videosession.server.internal.http;

import dev.videosession.server.http.HttpCall;
import dev.videosession.server.http.HttpReply;
import dev.videosession.server.http.HttpRoutes;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Finds the route for a request. Immutable. */
public final class RouteTable {
    private static final String HEAD = "HEAD";

    private final List<Route> routes;

    /**
     * Makes a table.
     *
     * @param routes the routes, in the order in which they are tried
     */
    public RouteTable(HttpRoutes routes) {
        this.routes = routes.all().stream()
                .map(route -> new Route(route.method(), segments(route.template()), route.handler()))
                .toList();
    }

    private record Route(String method, List<String> template, HttpRoutes.Handler handler) {
        boolean isGet() {
            return method.equals("GET");
        }

        /** An empty segment fits no name. */
        Optional<Map<String, String>> match(List<String> path) {
            if (path.size() != template.size()) {
                return Optional.empty();
            }
            Map<String, String> parameters = new HashMap<>();
            for (int i = 0; i < path.size(); i++) {
                String expected = template.get(i);
                if (expected.startsWith("{") && expected.endsWith("}")) {
                    if (path.get(i).isEmpty()) {
                        return Optional.empty();
                    }
                    parameters.put(expected.substring(1, expected.length() - 1), path.get(i));
                } else if (!expected.equals(path.get(i))) {
                    return Optional.empty();
                }
            }
            return Optional.of(parameters);
        }
    }

    /** The result of looking a request up. */
    sealed interface Match {
        /**
         * {@return the reply to the request}
         *
         * @param call creates the call of a handler from the parameters in the path
         */
        CompletionStage<HttpReply> reply(Function<Map<String, String>, HttpCall> call);

        /** The handler is called. */
        record Found(HttpRoutes.Handler handler, Map<String, String> parameters) implements Match {
            @Override
            public CompletionStage<HttpReply> reply(Function<Map<String, String>, HttpCall> call) {
                return handler.handle(call.apply(parameters));
            }
        }

        /** The path exists, but not for this method. */
        record WrongMethod(String allowed) implements Match {
            @Override
            public CompletionStage<HttpReply> reply(Function<Map<String, String>, HttpCall> call) {
                HttpReply error = HttpReply.error(405, "The method is not allowed here.");
                return CompletableFuture.completedFuture(
                        new HttpReply(405, error.contentType(), Map.of("Allow", allowed), error.body()));
            }
        }

        /** The path does not exist. */
        record Unknown() implements Match {
            @Override
            public CompletionStage<HttpReply> reply(Function<Map<String, String>, HttpCall> call) {
                return CompletableFuture.completedFuture(HttpReply.error(404, "There is nothing at this path."));
            }
        }

        /** The path is malformed. */
        record Malformed() implements Match {
            @Override
            public CompletionStage<HttpReply> reply(Function<Map<String, String>, HttpCall> call) {
                return CompletableFuture.completedFuture(HttpReply.error(400, "The path is malformed."));
            }
        }
    }

    /**
     * Looks a path up. It is cut at its slashes before percent signs are decoded, so that no encoded slash moves a
     * request to another route.
     *
     * @param path as it came, without the query
     */
    Match find(String method, String path) {
        List<String> segments = new ArrayList<>();
        for (String segment : segments(path)) {
            Optional<String> decoded = decode(segment);
            if (decoded.isEmpty()) {
                return new Match.Malformed();
            }
            segments.add(decoded.get());
        }
        TreeSet<String> allowed = new TreeSet<>();
        for (Route route : routes) {
            Optional<Map<String, String>> parameters = route.match(segments);
            if (parameters.isPresent()) {
                if (route.method.equals(method) || (route.isGet() && method.equals(HEAD))) {
                    return new Match.Found(route.handler, parameters.get());
                }
                allowed.add(route.method);
                if (route.isGet()) {
                    allowed.add(HEAD);
                }
            }
        }
        return allowed.isEmpty() ? new Match.Unknown() : new Match.WrongMethod(String.join(", ", allowed));
    }

    private static Optional<String> decode(String segment) {
        String text;
        try {
            text = URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        boolean refused = text.equals(".")
                || text.equals("..")
                || text.chars().anyMatch(c -> c == '/' || c == '\\' || Character.isISOControl(c));
        return refused ? Optional.empty() : Optional.of(text);
    }

    private static List<String> segments(String path) {
        return List.of(path.split("/", -1));
    }
}
