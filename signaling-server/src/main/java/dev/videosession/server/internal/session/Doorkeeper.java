package dev.videosession.server.internal.session;

import dev.videosession.protocol.ClientMessage;
import dev.videosession.protocol.CloseCode;
import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.DisconnectDetail;
import dev.videosession.protocol.ErrorCode;
import dev.videosession.server.admission.Admission;
import dev.videosession.server.internal.admission.AdmissionDesk;
import dev.videosession.server.internal.connection.ClientConnection;
import dev.videosession.server.internal.outbox.Outbox;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the embedder before a stream or a signal goes through. What a connection sends while an answer is open waits behind
 * it, so that everything happens in the order in which it was asked for. Belongs to the session's loop.
 */
final class Doorkeeper {
    private static final Logger LOG = LoggerFactory.getLogger(Doorkeeper.class);
    static final int LONGEST_LINE = 256;

    private final SessionEngine engine;
    private final LiveSession session;
    private final Presence presence;
    private final Requests requests;
    private final Map<ConnectionId, Deque<Turn>> lines = new HashMap<>();

    /** A message that waits until the embedder has decided. */
    private static final class Turn {
        final ClientMessage message;
        boolean decided;
        AdmissionDesk.@Nullable Refusal refusal;

        Turn(ClientMessage message) {
            this.message = message;
        }
    }

    Doorkeeper(SessionEngine engine, LiveSession session, Presence presence) {
        this.engine = engine;
        this.session = session;
        this.presence = presence;
        this.requests = new Requests(engine);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the desk's answers do not fail
    void handle(ClientConnection from, ClientMessage message) {
        Deque<Turn> line = lines.get(from.id());
        if (line != null && isWaiting(line, message)) {
            return;
        }
        CompletableFuture<Optional<AdmissionDesk.Refusal>> question = question(from, message);
        if (line == null && question == null) {
            carryOut(from, message);
            return;
        }
        Deque<Turn> joined = line == null ? lines.computeIfAbsent(from.id(), id -> new ArrayDeque<>()) : line;
        if (joined.size() >= LONGEST_LINE) {
            if (message instanceof ClientMessage.Request request) {
                requests.refuse(from, request.id(), ErrorCode.RATE_LIMIT_EXCEEDED, "too many requests wait: slow down");
            }
            return;
        }
        Turn turn = new Turn(message);
        joined.add(turn);
        if (question == null) {
            turn.decided = true;
        } else {
            question.thenAccept(answer -> session.execute(() -> {
                turn.decided = true;
                turn.refusal = answer.orElse(null);
                advance(from);
            }));
        }
    }

    /** A request that a client sends again after a resume, while the first one is still being decided. */
    private static boolean isWaiting(Deque<Turn> line, ClientMessage message) {
        return message instanceof ClientMessage.Request request
                && line.stream()
                        .anyMatch(turn ->
                                turn.message instanceof ClientMessage.Request waiting && waiting.id() == request.id());
    }

    private void advance(ClientConnection from) {
        Deque<Turn> line = lines.get(from.id());
        while (line != null && !line.isEmpty()) {
            if (!engine.connections.holds(from)) {
                lines.remove(from.id());
                return;
            }
            if (!line.element().decided) {
                return;
            }
            Turn turn = line.remove();
            AdmissionDesk.Refusal refusal = turn.refusal;
            if (refusal == null) {
                carryOut(from, turn.message);
            } else if (turn.message instanceof ClientMessage.Request request) {
                requests.refuse(from, request.id(), refusal.code(), refusal.message());
            }
        }
        lines.remove(from.id());
    }

    /** A request that makes the server fail is answered; after any other message the client may resume. */
    private void carryOut(ClientConnection from, ClientMessage message) {
        try {
            requests.handle(from, message);
        } catch (RuntimeException e) {
            LOG.error("event=requestFailed session={} connection={}", engine.id, from.id(), e);
            Outbox outbox = from.outbox();
            if (message instanceof ClientMessage.Request request) {
                requests.refuse(from, request.id(), ErrorCode.INTERNAL_ERROR, "the server failed; its log says how");
            } else if (outbox != null) {
                engine.deliveries.finish(outbox, null, CloseCode.INTERNAL_ERROR);
                presence.lose(from, DisconnectDetail.SOCKET_LOST);
            }
        }
    }

    private @Nullable CompletableFuture<Optional<AdmissionDesk.Refusal>> question(
            ClientConnection from, ClientMessage message) {
        AdmissionDesk desk = engine.context.admission();
        if (!desk.isStaffed()) {
            return null;
        }
        if (message instanceof ClientMessage.Publish r && requests.wouldBePermitted(from, r)) {
            return desk.publish(new Admission.PublishRequest(
                    engine.id, from.info(), r.name(), r.hasAudio(), r.hasVideo(), r.videoType()));
        }
        if (message instanceof ClientMessage.Signal r && requests.wouldBePermitted(from, r)) {
            int bytes = r.data() == null ? 0 : r.data().getBytes(StandardCharsets.UTF_8).length;
            return desk.signal(new Admission.SignalRequest(engine.id, from.info(), r.to(), r.signalType(), bytes));
        }
        return null;
    }
}
