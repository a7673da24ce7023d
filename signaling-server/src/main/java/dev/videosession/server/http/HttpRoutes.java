package dev.videosession.server.http;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * A table of HTTP routes. Immutable. A template is a path in which a segment may be a name in braces, for
 * instance {@code /v2/project/{apiKey}/session/{sessionId}}; the first route that fits counts. A route for {@code GET}
 * answers {@code HEAD}, too; the body is not sent.
 */
public final class HttpRoutes {
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

    /**
     * A method and a path with its handler.
     *
     * @param method for instance {@code GET}
     * @param template see {@link HttpRoutes}
     * @param handler answers
     */
    public record Route(String method, String template, Handler handler) {}

    /** {@return a builder of an empty table} */
    public static Builder builder() {
        return new Builder();
    }

    /** Builds {@link HttpRoutes}. */
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
            routes.add(new Route(method, template, handler));
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

        /** {@return the table} */
        public HttpRoutes build() {
            return new HttpRoutes(routes);
        }
    }

    /** {@return the routes, in the order in which they are tried} */
    public List<Route> all() {
        return routes;
    }
}
