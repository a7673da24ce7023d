package dev.videosession.session.signaling;

import dev.videosession.protocol.ClientMessage;
import dev.videosession.protocol.ErrorCode;
import dev.videosession.protocol.ServerMessage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Requests of one connection that wait for their answer. They keep their numbers over a change of socket, so that those
 * whose answer was lost can be sent again without being carried out twice. Lives on the session's loop.
 */
public final class Requests {
    /** Requests that may wait at the same time; more are refused. */
    public static final int LIMIT = 1000;

    private static final class Pending {
        private final ClientMessage.Request request;
        private final Consumer<ServerMessage.Reply> answer;
        private boolean sent;

        Pending(ClientMessage.Request request, Consumer<ServerMessage.Reply> answer) {
            this.request = request;
            this.answer = answer;
        }
    }

    private final Map<Long, Pending> pending = new LinkedHashMap<>();
    private long lastId;

    /**
     * Numbers a request and keeps it until it is answered.
     *
     * @param maker makes the request with the given number
     * @param answer called exactly once: with the answer, or with a {@link ServerMessage.Failed} if there will be none
     * @return the request to send, or null if too many wait; the answer has been called then
     */
    public ClientMessage.@Nullable Request add(
            LongFunction<? extends ClientMessage.Request> maker, Consumer<ServerMessage.Reply> answer) {
        long id = ++lastId;
        if (pending.size() >= LIMIT) {
            answer.accept(ServerMessage.Failed.of(
                    id, ErrorCode.RATE_LIMIT_EXCEEDED, LIMIT + " requests are waiting for the server's answer"));
            return null;
        }
        return put(id, maker, answer);
    }

    /**
     * Numbers a request without which no other can be answered, and keeps it until it is answered; never refused.
     *
     * @param maker makes the request with the given number
     * @param answer as for {@link #add}
     * @return the request to send
     */
    public ClientMessage.Request addFirst(
            LongFunction<? extends ClientMessage.Request> maker, Consumer<ServerMessage.Reply> answer) {
        return put(++lastId, maker, answer);
    }

    private ClientMessage.Request put(
            long id, LongFunction<? extends ClientMessage.Request> maker, Consumer<ServerMessage.Reply> answer) {
        ClientMessage.Request request = maker.apply(id);
        pending.put(id, new Pending(request, answer));
        return request;
    }

    /**
     * Hands an answer to the one who waits for it.
     *
     * @param reply the answer
     * @return false if nobody waits for it
     */
    public boolean complete(ServerMessage.Reply reply) {
        Long id = reply.id();
        Pending request = id == null ? null : pending.remove(id);
        if (request == null) {
            return false;
        }
        request.answer.accept(reply);
        return true;
    }

    /**
     * Forgets a request without an answer; its caller hears nothing.
     *
     * @param id the request's number
     */
    public void forget(long id) {
        pending.remove(id);
    }

    /**
     * Returns the requests without an answer, oldest first.
     *
     * @return to be sent again
     */
    public List<ClientMessage.Request> unanswered() {
        return pending.values().stream().map(each -> each.request).toList();
    }

    /**
     * Notes that a request was handed to a socket.
     *
     * @param id the request's number
     */
    public void sent(long id) {
        Pending request = pending.get(id);
        if (request != null) {
            request.sent = true;
        }
    }

    /**
     * Answers with a failure what cannot be carried out on a new connection. What remains means the same there: streams to
     * publish, and signals to everybody that no server can have seen.
     *
     * @param code the failure
     * @param message for people
     */
    public void failUnlessPortable(ErrorCode code, String message) {
        List<Pending> failed =
                pending.values().stream().filter(each -> !isPortable(each)).toList();
        failed.forEach(each -> pending.remove(each.request.id()));
        fail(failed, code, message);
    }

    private static boolean isPortable(Pending each) {
        return each.request instanceof ClientMessage.Publish
                || (each.request instanceof ClientMessage.Signal signal && signal.to() == null && !each.sent);
    }

    /**
     * Answers everything that waits with a failure.
     *
     * @param code the failure
     * @param message for people
     */
    public void failAll(ErrorCode code, String message) {
        List<Pending> failed = new ArrayList<>(pending.values());
        pending.clear();
        fail(failed, code, message);
    }

    private static void fail(List<Pending> failed, ErrorCode code, String message) {
        for (Pending each : failed) {
            each.answer.accept(ServerMessage.Failed.of(each.request.id(), code, message));
        }
    }
}
