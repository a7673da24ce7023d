package dev.videosession.server.internal.router.janus.session;

import dev.videosession.protocol.time.TimeSource;
import dev.videosession.server.settings.JanusEndpoint;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One session with a Janus, over one socket at a time. A lost socket is replaced and the session reclaimed; requests wait
 * meanwhile. A request that was sent on the lost socket and is not answered soon after is repeated, or fails with
 * {@link JanusException#SOCKET_LOST}. Confined to its event loop.
 */
public final class JanusSession {
    private static final Logger LOG = LoggerFactory.getLogger(JanusSession.class);

    private static final String PLUGIN = "janus.plugin.videoroom";
    private static final int MAX_WAITING = 4096;

    /** After the session was reclaimed, Janus has this long to answer requests that were sent on the lost socket. */
    private static final long LATE_MILLIS = 1000;

    /** How often a request is sent if lost sockets may have lost it. */
    public static final int MAX_SENT = 3;

    private final EventLoop loop;
    private final JanusEndpoint endpoint;
    private final JanusTimings timings;
    private final TimeSource time;
    private final Consumer<String> lost;
    private final JanusTransactions transactions;
    private final Map<Long, JanusHandle> handles = new HashMap<>();
    private final Deque<Map<String, Object>> waiting = new ArrayDeque<>();
    private final Set<String> doubtful = new LinkedHashSet<>();
    private @Nullable JanusSocket socket;
    private boolean ready;
    private int sockets;
    private @Nullable ScheduledFuture<?> reconnect;
    private long id;
    private long deadlineNanos;
    private boolean over;

    /**
     * Creates a session that is not open yet.
     *
     * @param loop where everything happens
     * @param endpoint where the Janus is
     * @param timings the time limits
     * @param time the monotonic clock
     * @param lost gets the reason when the session is over without having been closed
     */
    public JanusSession(
            EventLoop loop, JanusEndpoint endpoint, JanusTimings timings, TimeSource time, Consumer<String> lost) {
        this.loop = loop;
        this.endpoint = endpoint;
        this.timings = timings;
        this.time = time;
        this.lost = lost;
        this.transactions = new JanusTransactions(loop, timings.requestMillis());
    }

    /** Connects, retrying until the time to connect is over, and creates the session. */
    public void open() {
        deadlineNanos = time.nanos() + TimeUnit.MILLISECONDS.toNanos(timings.connectMillis());
        connect();
    }

    private void connect() {
        reconnect = null;
        if (over) {
            return;
        }
        JanusSocket made = new JanusSocket(loop, new JanusSocket.Listener() {
            @Override
            public void onOpen() {
                if (id == 0) {
                    create();
                } else {
                    claim();
                }
            }

            @Override
            public void onText(String text) {
                receive(JanusJson.parse(text));
            }

            @Override
            public void onClosed(String reason) {
                socketLost(reason);
            }
        });
        socket = made;
        made.connect(endpoint);
    }

    private void create() {
        handshake(Map.of("janus", "create"), reply -> {
            id = createdId(reply, "a session");
            becomeReady();
        });
    }

    private void claim() {
        handshake(Map.of("janus", "claim", "session_id", id), reply -> becomeReady());
    }

    /** A handshake ends with its socket: the next socket makes another one. */
    private void handshake(Map<String, ?> message, Consumer<JanusJson> done) {
        JanusSocket used = socket;
        transact(message, this::send, false).whenComplete((reply, failure) -> {
            if (over || socket != used) {
                return;
            }
            Throwable problem = failure != null ? failure : JanusException.thrownBy(() -> done.accept(reply));
            if (problem != null) {
                fail("the session was not opened: " + JanusException.messageOf(problem));
            }
        });
    }

    private void becomeReady() {
        ready = true;
        sockets++;
        giveUpLater(List.copyOf(doubtful));
        doubtful.clear();
        while (!waiting.isEmpty()) {
            sendInSession(waiting.remove());
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // ends with the event loop
    private void giveUpLater(List<String> requests) {
        if (!requests.isEmpty()) {
            loop.schedule(() -> transactions.lose(requests), LATE_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    /** {@return whether requests are sent at once} */
    public boolean isReady() {
        return ready;
    }

    /** {@return how many sockets the session has had} */
    public int sockets() {
        return sockets;
    }

    private void socketLost(String reason) {
        socket = null;
        boolean wasReady = ready;
        ready = false;
        if (wasReady) {
            doubtful.addAll(transactions.waiting());
            LOG.warn("event=routerSocketLost router={} cause=\"{}\"", endpoint.uri(), reason);
            deadlineNanos = time.nanos() + TimeUnit.MILLISECONDS.toNanos(timings.reclaimMillis());
        }
        if (time.nanos() - deadlineNanos > 0) {
            fail(reason);
        } else if (!over) {
            reconnect = loop.schedule(this::connect, timings.reconnectMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void send(Map<String, Object> message) {
        if (socket != null) {
            socket.send(JanusJson.write(message));
        }
    }

    private void sendInSession(Map<String, Object> message) {
        message.put("session_id", id);
        send(message);
    }

    private void sendWhenReady(Map<String, Object> message) {
        if (ready) {
            sendInSession(message);
        } else if (waiting.size() < MAX_WAITING) {
            waiting.add(message);
        } else {
            fail("too many requests wait for a lost socket");
        }
    }

    private CompletableFuture<JanusJson> transact(
            Map<String, ?> message, Consumer<Map<String, Object>> sender, boolean creates) {
        CompletableFuture<JanusJson> result = new CompletableFuture<>();
        if (over) {
            result.completeExceptionally(new JanusException("the session with Janus has ended"));
            return result;
        }
        Map<String, Object> complete = new LinkedHashMap<>(message);
        complete.put("transaction", transactions.begin(result, creates));
        if (!endpoint.apiSecret().isEmpty()) {
            complete.put("apisecret", endpoint.apiSecret());
        }
        sender.accept(complete);
        return result;
    }

    private void receive(JanusJson message) {
        String type = message.requireText("janus");
        String transaction = message.text("transaction");
        if (transactions.answer(transaction, type, message)) {
            return;
        }
        if (transactions.takeLate(transaction, type)) {
            release(createdId(message, "a handle"));
        } else if (type.equals("timeout") && message.number("session_id") == id) {
            fail("Janus ended the session");
        } else {
            JanusHandle handle = handles.get(message.number("sender"));
            if (handle != null) {
                handle.receive(type, message);
            }
        }
    }

    private static long createdId(JanusJson reply, String what) {
        JanusJson data = reply.object("data");
        long created = data == null ? 0 : data.number("id");
        if (created == 0) {
            throw new JanusException("Janus created " + what + " without an id");
        }
        return created;
    }

    private static Map<String, Object> about(String type, long handleId) {
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("janus", type);
        if (handleId != 0) {
            message.put("handle_id", handleId);
        }
        return message;
    }

    /**
     * Makes a handle of the VideoRoom plugin.
     *
     * @param listener of the handle
     * @return the handle; fails with {@link JanusException}
     */
    public CompletionStage<JanusHandle> attach(JanusHandle.Listener listener) {
        Map<String, Object> message = about("attach", 0);
        message.put("plugin", PLUGIN);
        return transact(message, this::sendWhenReady, true).thenApply(reply -> {
            long handleId = createdId(reply, "a handle");
            JanusHandle handle = new JanusHandle(this, handleId, listener);
            handles.put(handleId, handle);
            return handle;
        });
    }

    /** Sends a request to the plugin and completes with its answer, not with the acknowledgement before. */
    CompletionStage<JanusJson> request(long handleId, Map<String, ?> body, @Nullable Map<String, ?> jsep) {
        Map<String, Object> message = about("message", handleId);
        message.put("body", body);
        if (jsep != null) {
            message.put("jsep", jsep);
        }
        return transact(message, this::sendWhenReady, false);
    }

    /**
     * Like {@link #request}, but sends the request again if a lost socket may have lost it. Use it for requests that may arrive twice, or
     * late. It fails when a third socket is lost, because then the request may be the cause.
     */
    CompletionStage<JanusJson> requestAgain(long handleId, Map<String, ?> body, @Nullable Map<String, ?> jsep) {
        return request(handleId, body, jsep, MAX_SENT);
    }

    private CompletionStage<JanusJson> request(
            long handleId, Map<String, ?> body, @Nullable Map<String, ?> jsep, int times) {
        return request(handleId, body, jsep)
                .exceptionallyCompose(failure -> times > 1 && JanusException.isSocketLost(failure)
                        ? request(handleId, body, jsep, times - 1)
                        : CompletableFuture.failedStage(failure));
    }

    /** Releases a handle. The request is repeated if it is not answered, because a lost socket may have lost it. */
    void detach(long handleId) {
        handles.remove(handleId);
        release(handleId);
    }

    private void release(long handleId) {
        transact(about("detach", handleId), this::sendWhenReady, false).whenComplete((reply, failure) -> {
            if (failure instanceof JanusException problem && problem.isUnanswered() && !over) {
                release(handleId);
            } else if (failure != null) {
                LOG.debug("event=routerHandleNotReleased handle={} cause=\"{}\"", handleId, failure.getMessage());
            }
        });
    }

    /** {@return how many handles are open} */
    public int handles() {
        return handles.size();
    }

    /**
     * Ends the session because of a failure.
     *
     * @param reason for the log
     */
    public void fail(String reason) {
        if (!over) {
            over = true;
            lost.accept(reason);
            end(reason);
        }
    }

    /** Ends the session. */
    public void close() {
        if (!over) {
            if (ready) {
                transact(about("destroy", 0), this::sendInSession, false);
            }
            over = true;
            end("the session was closed");
        }
    }

    private void end(String reason) {
        ready = false;
        if (reconnect != null) {
            reconnect.cancel(false);
        }
        if (socket != null) {
            socket.close();
        }
        waiting.clear();
        handles.clear();
        transactions.fail(reason);
    }
}
