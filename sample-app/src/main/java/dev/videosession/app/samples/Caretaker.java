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
 * Goes its round through the sessions of a server, as a backend that embeds one may do every minute: whoever may publish
 * but published nothing for too long is sent away, and a session whose host has left is closed.
 *
 * <p>The last one out needs no care: when nobody is in a session the server forgets it, and the next one who comes with a
 * good token finds it empty. There is nothing to open and nothing to delete.
 */
public final class Caretaker {
    private final SessionControl control;
    private final Clock clock;
    private final Duration patience;

    /**
     * Makes a caretaker.
     *
     * @param control of the server
     * @param clock the server's clock
     * @param patience how long one may be in a session without a stream
     */
    public Caretaker(SessionControl control, Clock clock, Duration patience) {
        this.control = control;
        this.clock = clock;
        this.patience = patience;
    }

    /**
     * Sends away who is idle, in every session.
     *
     * @return done when they are out; fails if one of them was faster and left by itself
     */
    public CompletableFuture<Void> sendIdleAway() {
        return all(control.sessions().stream()
                .map(session -> control.roster(session)
                        .thenCompose(roster -> all(roster.stream()
                                .flatMap(this::idle)
                                .map(connection -> control.evict(
                                        session, connection.connectionId(), "you published nothing for too long"))))));
    }

    private Stream<ConnectionInfo> idle(Roster roster) {
        long latest = clock.millis() - patience.toMillis();
        return roster.connections().stream()
                .filter(connection -> connection.role() == Role.PUBLISHER)
                .filter(connection -> connection.creationTime() <= latest)
                .filter(connection -> roster.streams().stream()
                        .noneMatch(stream -> stream.connectionId().equals(connection.connectionId())));
    }

    /**
     * Closes a session in which nobody is left who may moderate it. Everybody in it learns {@code forceDisconnected} with
     * the detail {@code session-closed}.
     *
     * @param session which
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
