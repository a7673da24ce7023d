package dev.videosession.server.internal.rest;

import dev.videosession.protocol.time.TimeSource;
import dev.videosession.server.control.SessionControl;
import dev.videosession.server.control.SignalingException;
import dev.videosession.server.http.HttpCall;
import dev.videosession.server.http.HttpReply;
import dev.videosession.server.http.HttpRoutes;
import dev.videosession.server.internal.data.TokenStore;
import dev.videosession.server.internal.data.TokenStoreException;
import dev.videosession.server.internal.data.TokenUsedException;
import dev.videosession.server.internal.rest.access.Caller;
import dev.videosession.server.internal.rest.access.UsedTokens;
import dev.videosession.server.internal.rest.call.RestCall;
import dev.videosession.server.internal.rest.call.RestException;
import dev.videosession.server.internal.rest.call.RestRoute;
import dev.videosession.server.internal.rest.call.Statuses;
import dev.videosession.server.internal.token.ApiTokenVerifier;
import dev.videosession.server.project.Projects;
import dev.videosession.server.settings.RestRate;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The routes of the REST API. */
public final class OpenTokRest {
    /** OpenTok's code for an unknown error. */
    private static final int SERVER_FAILED = -99;

    private static final Logger LOG = LoggerFactory.getLogger(OpenTokRest.class);

    private final HttpRoutes.Builder routes = HttpRoutes.builder();
    private final Caller caller;
    private final MeterRegistry meters;

    private OpenTokRest(Caller caller, MeterRegistry meters) {
        this.caller = caller;
        this.meters = meters;
    }

    /**
     * Makes the routes.
     *
     * @param projects of the server
     * @param control of the sessions
     * @param layouts the layout classes of streams
     * @param rate how often a project may call
     * @param time decides whether tokens have expired
     * @param store keeps the ids of used tokens
     * @param meters counts calls by status
     * @return the routes
     */
    public static HttpRoutes routes(
            Projects projects,
            SessionControl control,
            LayoutClasses layouts,
            RestRate rate,
            TimeSource time,
            TokenStore store,
            MeterRegistry meters) {
        OpenTokRest rest = new OpenTokRest(
                new Caller(new ApiTokenVerifier(projects, time), rate, time, new UsedTokens(store, time)), meters);
        Stream.of(
                        new SessionCreation(time).routes(),
                        new SessionCalls(control).routes(),
                        new SignalCalls(control).routes(),
                        new ModerationCalls(control, time).routes(),
                        new StreamCalls(control, layouts).routes(),
                        MissingCalls.routes())
                .flatMap(List::stream)
                .forEach(rest::add);
        return rest.routes.build();
    }

    /** Adds a call at a path and at the same path with a slash at its end, which one library sends. */
    private void add(RestRoute route) {
        HttpRoutes.Handler handler = call -> answer(call, route.handler()).thenApply(this::counted);
        routes.add(route.method(), route.template(), handler);
        routes.add(route.method(), route.template() + "/", handler);
    }

    private HttpReply counted(HttpReply reply) {
        meters.counter("videosession.rest.calls", "status", Integer.toString(reply.status()))
                .increment();
        return reply;
    }

    private CompletionStage<HttpReply> answer(HttpCall call, RestRoute.Handler handler) {
        try {
            Caller.Admitted admitted = caller.admit(call);
            if (admitted.remembered().isDone() && !admitted.remembered().isCompletedExceptionally()) {
                return carryOut(handler, admitted.call());
            }
            return admitted.remembered()
                    .handle((kept, failure) -> refusal(failure))
                    .thenComposeAsync(refusal -> refusal == null
                            ? carryOut(handler, admitted.call())
                            : CompletableFuture.completedFuture(refused(refusal)));
        } catch (RestException e) {
            return CompletableFuture.completedFuture(refused(e));
        }
    }

    /** A disk that failed has been logged, and the call is carried out all the same. */
    private static @Nullable RestException refusal(@Nullable Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof TokenUsedException) {
            return RestException.unauthenticated(403, String.valueOf(cause.getMessage()));
        }
        return cause instanceof TokenStoreException
                ? new RestException(503, "The server has no connection to Redis. Try again later.", cause)
                : null;
    }

    private static CompletionStage<HttpReply> carryOut(RestRoute.Handler handler, RestCall call) {
        try {
            return handler.answer(call).exceptionally(OpenTokRest::failed);
        } catch (RestException e) {
            return CompletableFuture.completedFuture(refused(e));
        }
    }

    private static HttpReply failed(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof RestException e) {
            return refused(e);
        }
        if (cause instanceof SignalingException e) {
            return refused(new RestException(Statuses.of(e.code()), String.valueOf(e.getMessage())));
        }
        if (cause instanceof RejectedExecutionException) {
            return refused(new RestException(503, "The server is stopping."));
        }
        LOG.error("event=restFailed", cause);
        return refused(new RestException(500, SERVER_FAILED, "The server failed."));
    }

    private static HttpReply refused(RestException e) {
        LOG.debug("event=restRefused message=\"{}\"", e.getMessage());
        return e.reply();
    }
}
