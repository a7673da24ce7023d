package dev.videosession.server.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;

/**
 * Which handler answers which request. Immutable. A template is a path in which a segment may be a name in braces, for
 * instance {@code /v2/project/{apiKey}/session/{sessionId}}; the first route that fits counts. A route for {@code GET}
 * answers {@code HEAD}, too; the body is not sent.
 */
public final class HttpRoutes {
    private static final String HEAD = "HEAD";

    private final List<Route> routes;

    private HttpRoutes(List<Route> routes) {
        this.routes = List.copyOf(routes);
    }

    /** Answers requests. Called on a socket's event loop, which it must not block. */
    @FunctionalInterface
    public interface Handler {
        /**
         * Answers a request.
         *
         * @param call the request
         * @return completed with the reply on any thread; if it fails, the client gets status 500
         */
        CompletionStage<HttpReply> handle(HttpCall call);
    }

    private record Route(String method, List<String> template, Handler handler) {
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

    /** What the table says about a request. */
    sealed interface Match {
        /** Call the handler. */
        record Found(Handler handler, Map<String, String> parameters) implements Match {}

        /** There is something at this path, but not for this method. */
        record WrongMethod(String allowed) implements Match {}

        /** There is nothing at this path. */
        record Unknown() implements Match {}

        /** This is no path. */
        record Malformed() implements Match {}
    }

    /**
     * Starts an empty table.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /** Makes {@link HttpRoutes}. */
    public static final class Builder {
        private final List<Route> routes = new ArrayList<>();

        private Builder() {}

        /**
         * Adds a route.
         *
         * @param method for instance {@code GET}
         * @param template see {@link HttpRoutes}
         * @param handler answers
         * @return this
         */
        public Builder add(String method, String template, Handler handler) {
            routes.add(new Route(method, segments(template), handler));
            return this;
        }

        /**
         * Adds all routes of another table behind those that are here.
         *
         * @param other the table
         * @return this
         */
        public Builder addAll(HttpRoutes other) {
            routes.addAll(other.routes);
            return this;
        }

        /**
         * Makes the table.
         *
         * @return the table
         */
        public HttpRoutes build() {
            return new HttpRoutes(routes);
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
