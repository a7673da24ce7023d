package dev.videosession.session.internal.signaling;

import dev.videosession.protocol.ErrorCode;
import dev.videosession.protocol.message.ClientMessage;
import dev.videosession.protocol.message.ServerMessage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Requests of one connection that wait to be sent or answered, in order. A bounded number is under way at a time. Requests
 * keep their numbers over a change of socket, so that a request whose reply was lost is sent again without being carried out
 * twice. A request that exceeds the server's rate limit is sent again, with a new number, after the time that the server named;
 * later requests wait meanwhile. Used on the session's loop.
 */
public final class PendingRequests {
    /** Requests that may wait at the same time; more are refused. */
    public static final int LIMIT = 1000;

    /** Requests that may be under way at the same time; a server remembers the answers to 256. */
    public static final int WINDOW = 128;

    /** The longest wait that a server can ask for, so that an application never waits for hours. */
    private static final int LONGEST_HOLD_MILLIS = 60_000;

    private static final class Pending {
        private final LongFunction<? extends ClientMessage.Request> maker;
        private final Consumer<ServerMessage.Reply> answer;
        private final boolean first;
        private ClientMessage.Request request;

        Pending(
                LongFunction<? extends ClientMessage.Request> maker,
                ClientMessage.Request request,
                Consumer<ServerMessage.Reply> answer,
                boolean first) {
            this.maker = maker;
            this.request = request;
            this.answer = answer;
            this.first = first;
        }
    }

    private final Deque<Pending> waiting = new ArrayDeque<>();
    private final Map<Long, Pending> underWay = new LinkedHashMap<>();
    private final List<Pending> refused = new ArrayList<>();
    private long lastId;
    private long holdMillis;
    private boolean holdIsOver = true;

    /**
     * Keeps a request until it is answered. {@link #next()} numbers it.
     *
     * @param maker makes the request with the given number; called once for each time that it is sent under a new one
     * @param answer called exactly once: with the answer, or with a {@link ServerMessage.Failed} if there will be none
     * @throws IllegalArgumentException if the request cannot be made
     */
    public void add(LongFunction<? extends ClientMessage.Request> maker, Consumer<ServerMessage.Reply> answer) {
        ClientMessage.Request sample = maker.apply(lastId + 1);
        if (waiting.size() + underWay.size() + refused.size() >= LIMIT) {
            answer.accept(ServerMessage.Failed.of(
                    null, ErrorCode.RATE_LIMIT_EXCEEDED, LIMIT + " requests are waiting for the server's answer"));
            return;
        }
        waiting.add(new Pending(maker, sample, answer, false));
    }

    /**
     * Adds a request that connects or resumes, and keeps it until it is answered. It is never refused and not sent again
     * automatically.
     *
     * @param maker makes the request with the given number
     * @param answer as for {@link #add}
     * @return the request to send at once
     */
    public ClientMessage.Request addFirst(
            LongFunction<? extends ClientMessage.Request> maker, Consumer<ServerMessage.Reply> answer) {
        return start(new Pending(maker, maker.apply(++lastId), answer, true));
    }

    /**
     * Takes the next request that may be sent now.
     *
     * @return the request with its number, or null if none waits or the server must be given time
     */
    public ClientMessage.@Nullable Request next() {
        if (isHeld() || underWay.size() >= WINDOW || waiting.isEmpty()) {
            return null;
        }
        Pending next = waiting.remove();
        next.request = next.maker.apply(++lastId);
        return start(next);
    }

    private ClientMessage.Request start(Pending next) {
        underWay.put(lastId, next);
        return next.request;
    }

    /**
     * Completes the request that a reply answers, or keeps it if the server refused it because of its rate limit.
     *
     * @param reply the reply
     * @return false if no request waits for it
     */
    public boolean complete(ServerMessage.Reply reply) {
        Long id = reply.id();
        Pending request = id == null ? null : underWay.remove(id);
        if (request == null) {
            return false;
        }
        if (!request.first && isForLater(reply)) {
            refused.add(request);
        } else {
            request.answer.accept(reply);
        }
        return true;
    }

    private boolean isForLater(ServerMessage.Reply reply) {
        if (!(reply instanceof ServerMessage.Failed failed)
                || failed.code() != ErrorCode.RATE_LIMIT_EXCEEDED.code()
                || failed.retryAfterMillis() == null) {
            return false;
        }
        if (holdIsOver) { // later refusals belong to the wait that has begun
            holdMillis = Math.max(holdMillis, Math.min(failed.retryAfterMillis(), LONGEST_HOLD_MILLIS));
        }
        return true;
    }

    private boolean isHeld() {
        return !refused.isEmpty();
    }

    /**
     * Begins the wait that the server asked for. Call {@link #release()} after it.
     *
     * @return how long to wait, in milliseconds; empty if no wait is to begin
     */
    public OptionalLong beginHold() {
        if (!isHeld() || !holdIsOver || holdMillis == 0) {
            return OptionalLong.empty();
        }
        holdIsOver = false;
        long millis = holdMillis;
        holdMillis = 0;
        return OptionalLong.of(millis);
    }

    /** The wait is over: what was refused goes first, when everything that was under way with it is answered. */
    public void release() {
        holdIsOver = true;
    }

    /** Puts what was refused back in front of what waits, if its time has come. */
    public void settle() {
        if (isHeld() && holdIsOver && holdMillis == 0 && underWay.isEmpty()) {
            for (int i = refused.size() - 1; i >= 0; i--) {
                waiting.addFirst(refused.get(i));
            }
            refused.clear();
        }
    }

    /**
     * Removes a request; its reply is ignored.
     *
     * @param id the request's number
     */
    public void forget(long id) {
        underWay.remove(id);
    }

    /** {@return the requests that were sent and have no reply, oldest first; to be sent again over a new socket} */
    public List<ClientMessage.Request> unanswered() {
        return underWay.values().stream().map(each -> each.request).toList();
    }

    /**
     * Fails the requests that have no meaning on a new connection. What remains: streams to publish, and signals to every
     * connection that cannot have been carried out.
     *
     * @param code the failure
     * @param message what failed
     */
    public void failUnlessPortable(ErrorCode code, String message) {
        List<Pending> failed = new ArrayList<>();
        underWay.values().removeIf(each -> failsIf(!(each.request instanceof ClientMessage.Publish), each, failed));
        refused.removeIf(each -> failsIf(!isPortable(each), each, failed));
        waiting.removeIf(each -> failsIf(!isPortable(each), each, failed));
        fail(failed, code, message);
    }

    private static boolean failsIf(boolean fails, Pending each, List<Pending> failed) {
        if (fails) {
            failed.add(each);
        }
        return fails;
    }

    private static boolean isPortable(Pending each) {
        return each.request instanceof ClientMessage.Publish
                || (each.request instanceof ClientMessage.Signal signal && signal.to() == null);
    }

    /**
     * Fails every request.
     *
     * @param code the failure
     * @param message what failed
     */
    public void failAll(ErrorCode code, String message) {
        List<Pending> failed = new ArrayList<>(underWay.values());
        failed.addAll(refused);
        failed.addAll(waiting);
        underWay.clear();
        refused.clear();
        waiting.clear();
        fail(failed, code, message);
    }

    private static void fail(List<Pending> failed, ErrorCode code, String message) {
        for (Pending each : failed) {
            each.answer.accept(ServerMessage.Failed.of(each.request.id(), code, message));
        }
    }
}
