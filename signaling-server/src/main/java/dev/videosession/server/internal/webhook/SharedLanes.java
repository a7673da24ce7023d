package dev.videosession.server.internal.webhook;

import dev.videosession.protocol.SessionId;
import dev.videosession.protocol.time.TimeSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sessions whose shared events this node sends. A session is looked at shortly after this node has appended to its log, and
 * all sessions with waiting events each second, so that the events of a dead node are sent. Belongs to the loop of
 * {@link Webhooks}.
 */
final class SharedLanes {
    private static final Logger LOG = LoggerFactory.getLogger(SharedLanes.class);
    private static final long PERIOD_MILLIS = 1000;
    /** The append is decided, but perhaps not done. */
    private static final long APPEND_MILLIS = 20;

    private static final int AT_ONCE = 100;

    private final SharedNotices shared;
    private final ScheduledExecutorService loop;
    private final TimeSource time;
    private final BiConsumer<SessionId, Notice> send;
    private final Consumer<SessionId> abandon;
    /** How many notices of each session are in this node's queue. */
    private final Map<SessionId, Integer> turns = new HashMap<>();

    /**
     * Creates the lanes.
     *
     * @param send puts a notice into the queue of its project
     * @param abandon removes the notices of a session from there, because it is another node's turn
     */
    SharedLanes(
            SharedNotices shared,
            ScheduledExecutorService loop,
            TimeSource time,
            BiConsumer<SessionId, Notice> send,
            Consumer<SessionId> abandon) {
        this.shared = shared;
        this.loop = loop;
        this.time = time;
        this.send = send;
        this.abandon = abandon;
    }

    void start() {
        var unused = loop.scheduleWithFixedDelay(this::lookAround, 0, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void lookAround() {
        for (SessionId session : List.copyOf(turns.keySet())) {
            if (turns.getOrDefault(session, 0) > 0) {
                shared.keep(session).whenCompleteAsync((kept, failure) -> keepOrDrop(session, kept), loop);
            }
        }
        shared.sessions()
                .whenCompleteAsync(
                        (sessions, failure) -> {
                            if (failure == null) {
                                sessions.forEach(this::take);
                            }
                        },
                        loop);
    }

    /** This node is about to append events of a session. */
    void wake(SessionId session) {
        if (!turns.containsKey(session)) {
            var unused = loop.schedule(() -> take(session), APPEND_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void take(SessionId session) {
        if (turns.putIfAbsent(session, 0) != null) {
            return;
        }
        claim(session);
    }

    private void claim(SessionId session) {
        shared.claim(session, AT_ONCE)
                .whenCompleteAsync(
                        (waiting, failure) -> {
                            if (failure != null || waiting.isEmpty()) {
                                turns.remove(session);
                                return;
                            }
                            turns.put(session, waiting.size());
                            for (String text : waiting) {
                                SharedNotices.Waiting next = SharedNotices.Waiting.parse(text);
                                send.accept(
                                        session,
                                        new Notice(
                                                next.id(), session, next.body(), time.nanos(), () -> settled(session)));
                            }
                        },
                        loop);
    }

    private void settled(SessionId session) {
        shared.settle(session)
                .whenCompleteAsync(
                        (kept, failure) -> {
                            if (failure != null) {
                                LOG.debug(
                                        "event=webhookNotSettled session={} cause=\"{}\"",
                                        session,
                                        failure.getMessage());
                            }
                            if (failure != null || !kept) {
                                keepOrDrop(session, false);
                            } else if (Integer.valueOf(0)
                                    .equals(turns.computeIfPresent(session, (key, left) -> left - 1))) {
                                claim(session);
                            }
                        },
                        loop);
    }

    private void keepOrDrop(SessionId session, Boolean kept) {
        if (Boolean.FALSE.equals(kept) && turns.remove(session) != null) {
            LOG.info("event=webhookTurnLost session={}", session);
            abandon.accept(session);
        }
    }
}
