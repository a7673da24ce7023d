package dev.videosession.app.samples;

import dev.videosession.protocol.Role;
import dev.videosession.protocol.SessionId;
import dev.videosession.protocol.message.ConnectionInfo;
import dev.videosession.protocol.message.Roster;
import dev.videosession.server.control.SessionControl;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/**
 * Cleans up the sessions of an embedded server, for instance every minute: evicts participants that may publish but published
 * nothing for too long, and closes a session whose host has left.
 *
 * <p>An empty session needs no clean-up: the server forgets it when its last connection ends, and a client with a valid token
 * opens it again. Sessions are neither opened nor deleted.
 */
public final class SessionCleanup {
    private final SessionControl control;
    private final Clock clock;
    private final Duration allowance;

    /**
     * Creates the clean-up.
     *
     * @param control of the server
     * @param clock the server's clock
     * @param allowance how long a publisher may be in a session without a stream
     */
    public SessionCleanup(SessionControl control, Clock clock, Duration allowance) {
        this.control = control;
        this.clock = clock;
        this.allowance = allowance;
    }

    /**
     * Evicts idle publishers from all sessions.
     *
     * @return completes when they are disconnected; fails if one of them left by itself before
     */
    public CompletableFuture<Void> evictIdle() {
        return all(control.sessions().stream()
                .map(session -> control.roster(session)
                        .thenCompose(roster -> all(roster.stream()
                                .flatMap(this::idle)
                                .map(connection -> control.evict(
                                        session, connection.connectionId(), "you published nothing for too long"))))));
    }

    private Stream<ConnectionInfo> idle(Roster roster) {
        long latest = clock.millis() - allowance.toMillis();
        return roster.connections().stream()
                .filter(connection -> connection.role() == Role.PUBLISHER)
                .filter(connection -> connection.creationTime() <= latest)
                .filter(connection -> roster.streams().stream()
                        .noneMatch(stream -> stream.connectionId().equals(connection.connectionId())));
    }

    /**
     * Closes a session without a moderator. Its participants receive {@code forceDisconnected} with the detail
     * {@code session-closed}.
     *
     * @param session the session
     * @return whether it was closed
     */
    public CompletableFuture<Boolean> closeIfHostLeft(SessionId session) {
        return control.roster(session).thenCompose(roster -> {
            boolean hosted = roster.stream()
                    .flatMap(known -> known.connections().stream())
                    .anyMatch(connection -> connection.role() == Role.MODERATOR);
            return roster.isEmpty() || hosted
                    ? CompletableFuture.completedFuture(false)
                    : control.closeSession(session, "the host has left").thenApply(closed -> true);
        });
    }

    private static CompletableFuture<Void> all(Stream<CompletableFuture<Void>> each) {
        List<CompletableFuture<Void>> started = each.toList();
        return CompletableFuture.allOf(started.toArray(new CompletableFuture<?>[0]));
    }
}
