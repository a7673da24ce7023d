package dev.videosession.server.internal.request;

import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.ErrorCode;
import dev.videosession.protocol.SessionId;
import dev.videosession.protocol.message.ClientMessage;
import dev.videosession.server.admission.Admission;
import dev.videosession.server.internal.admission.AdmissionGate;
import dev.videosession.server.internal.connection.ClientConnection;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the embedder before a stream is published or a signal is sent. While an answer is open, further messages of the same
 * connection wait behind it, so that they are carried out in the order in which they were sent. Belongs to the session's
 * loop.
 */
public final class AdmissionQueue {
    private static final Logger LOG = LoggerFactory.getLogger(AdmissionQueue.class);
    static final int MAX_WAITING = 256;

    private final SessionId session;
    private final RequestContext parts;
    private final RequestHandler requests;
    private final AdmissionGate gate;
    private final Executor loop;
    private final Map<ConnectionId, Deque<Waiting>> queues = new HashMap<>();

    /** A message that waits until the embedder has decided. */
    private static final class Waiting {
        final ClientMessage message;
        boolean decided;
        AdmissionGate.@Nullable Refusal refusal;

        Waiting(ClientMessage message) {
            this.message = message;
        }
    }

    /**
     * Creates the queue of a session.
     *
     * @param session its id
     * @param parts the parts of the session
     * @param requests carries out what is permitted
     * @param gate asks the embedder
     * @param loop runs tasks on the session's loop
     */
    public AdmissionQueue(
            SessionId session, RequestContext parts, RequestHandler requests, AdmissionGate gate, Executor loop) {
        this.session = session;
        this.parts = parts;
        this.requests = requests;
        this.gate = gate;
        this.loop = loop;
    }

    /**
     * Handles a message, now or when the embedder has permitted what was sent before.
     *
     * @param from the connection that sent it
     * @param message the message
     */
    @SuppressWarnings("FutureReturnValueIgnored") // the future never fails
    public void handle(ClientConnection from, ClientMessage message) {
        Deque<Waiting> queue = queues.get(from.id());
        if (queue != null && isWaiting(queue, message)) {
            return;
        }
        CompletableFuture<Optional<AdmissionGate.Refusal>> question = question(from, message);
        if (queue == null && question == null) {
            carryOut(from, message);
            return;
        }
        Deque<Waiting> joined = queue == null ? queues.computeIfAbsent(from.id(), id -> new ArrayDeque<>()) : queue;
        if (joined.size() >= MAX_WAITING) {
            if (message instanceof ClientMessage.Request request) {
                requests.refuse(
                        from, request.id(), ErrorCode.RATE_LIMIT_EXCEEDED, "Too many requests wait. Slow down.");
            }
            return;
        }
        Waiting waiting = new Waiting(message);
        joined.add(waiting);
        if (question == null) {
            waiting.decided = true;
        } else {
            question.thenAccept(answer -> loop.execute(() -> {
                waiting.decided = true;
                waiting.refusal = answer.orElse(null);
                advance(from);
            }));
        }
    }

    /** A request that a client sends again after a resume, while the first one still waits. */
    private static boolean isWaiting(Deque<Waiting> queue, ClientMessage message) {
        return message instanceof ClientMessage.Request request
                && queue.stream()
                        .anyMatch(waiting -> waiting.message instanceof ClientMessage.Request earlier
                                && earlier.id() == request.id());
    }

    private void advance(ClientConnection from) {
        Deque<Waiting> queue = queues.get(from.id());
        while (queue != null && !queue.isEmpty()) {
            if (!parts.connections().holds(from)) {
                queues.remove(from.id());
                return;
            }
            if (!queue.element().decided) {
                return;
            }
            Waiting next = queue.remove();
            AdmissionGate.Refusal refusal = next.refusal;
            if (refusal == null) {
                carryOut(from, next.message);
            } else if (next.message instanceof ClientMessage.Request request) {
                requests.refuse(from, request.id(), refusal.code(), refusal.message());
            }
        }
        queues.remove(from.id());
    }

    private void carryOut(ClientConnection from, ClientMessage message) {
        try {
            requests.handle(from, message);
        } catch (RuntimeException e) {
            LOG.error("event=requestFailed session={} connection={}", session, from.id(), e);
            parts.presence().restartSocket(from);
        }
    }

    private @Nullable CompletableFuture<Optional<AdmissionGate.Refusal>> question(
            ClientConnection from, ClientMessage message) {
        if (!gate.isEnabled()) {
            return null;
        }
        if (message instanceof ClientMessage.Publish r
                && requests.wouldPermit(from, r, requests.publishCommand(from, r))) {
            return gate.publish(new Admission.PublishRequest(
                    session, from.info(), r.name(), r.hasAudio(), r.hasVideo(), r.videoType()));
        }
        if (message instanceof ClientMessage.Signal r
                && requests.wouldPermit(from, r, RequestHandler.signalCommand(from, r))) {
            int bytes = r.data() == null ? 0 : r.data().getBytes(StandardCharsets.UTF_8).length;
            return gate.signal(new Admission.SignalRequest(session, from.info(), r.to(), r.signalType(), bytes));
        }
        return null;
    }
}
