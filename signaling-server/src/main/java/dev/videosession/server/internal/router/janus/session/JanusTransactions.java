package dev.videosession.server.internal.router.janus.session;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The requests to Janus that are not yet answered. Each is answered, fails in time, or fails with the session. Confined to its
 * event loop.
 */
final class JanusTransactions {
    private static final int MAX_LATE = 1000;

    private final EventLoop loop;
    private final long timeoutMillis;
    private final Map<String, Pending> pending = new LinkedHashMap<>();
    private final Set<String> late = new LinkedHashSet<>();
    private long last;

    private record Pending(CompletableFuture<JanusJson> result, ScheduledFuture<?> timeout, boolean creates) {}

    JanusTransactions(EventLoop loop, long timeoutMillis) {
        this.loop = loop;
        this.timeoutMillis = timeoutMillis;
    }

    /**
     * Begins a transaction.
     *
     * @param result completed with the answer
     * @param creates whether the request creates something, whose late answer matters, see {@link #takeLate}
     * @return its id
     */
    String begin(CompletableFuture<JanusJson> result, boolean creates) {
        String id = Long.toString(++last);
        ScheduledFuture<?> timeout = loop.schedule(
                () -> {
                    pending.remove(id);
                    awaitLate(id, creates);
                    result.completeExceptionally(new JanusException("Janus did not answer in time"));
                },
                timeoutMillis,
                TimeUnit.MILLISECONDS);
        pending.put(id, new Pending(result, timeout, creates));
        return id;
    }

    /** {@return whether a message answers a request that waits} */
    boolean answer(@Nullable String id, String type, JanusJson message) {
        Pending waiting = id == null ? null : pending.get(id);
        if (waiting == null) {
            return false;
        }
        if (!type.equals("ack")) {
            pending.remove(id);
            waiting.timeout().cancel(false);
            complete(waiting.result(), type, message);
        }
        return true;
    }

    /** {@return whether a message reports that something was created after its request had failed} */
    boolean takeLate(@Nullable String id, String type) {
        return id != null && !type.equals("ack") && late.remove(id) && type.equals("success");
    }

    private static void complete(CompletableFuture<JanusJson> result, String type, JanusJson message) {
        if (type.equals("error")) {
            JanusJson error = message.object("error");
            result.completeExceptionally(
                    error == null
                            ? new JanusException("Janus refused a request")
                            : new JanusException((int) error.number("code"), "Janus: " + error.text("reason")));
            return;
        }
        JanusJson data = message.pluginData();
        String refusal = data.text("error");
        if (refusal != null) {
            result.completeExceptionally(
                    new JanusException((int) data.number("error_code"), "Janus VideoRoom: " + refusal));
        } else {
            result.complete(message);
        }
    }

    /** {@return the ids of the requests that wait for an answer, the oldest first} */
    List<String> waiting() {
        return List.copyOf(pending.keySet());
    }

    /** Fails those of these requests that are not answered yet, in this order, because the socket on which they were sent is lost. */
    void lose(List<String> ids) {
        for (String id : ids) {
            Pending lost = pending.remove(id);
            if (lost != null) {
                lost.timeout().cancel(false);
                awaitLate(id, lost.creates());
                lost.result()
                        .completeExceptionally(new JanusException(
                                JanusException.SOCKET_LOST, "the socket was lost before Janus answered"));
            }
        }
    }

    private void awaitLate(String id, boolean creates) {
        if (creates && late.size() < MAX_LATE) {
            late.add(id);
        }
    }

    /** Fails all of them. */
    void fail(String reason) {
        List<Pending> open = new ArrayList<>(pending.values());
        pending.clear();
        late.clear();
        open.forEach(each -> {
            each.timeout().cancel(false);
            each.result().completeExceptionally(new JanusException(reason));
        });
    }
}
