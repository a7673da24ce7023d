package dev.videosession.server.internal.router.janus;

import dev.videosession.server.internal.router.janus.session.JanusHandle;
import dev.videosession.server.internal.router.janus.session.JanusSession;
import dev.videosession.server.internal.router.janus.session.JanusTimings;
import io.netty.channel.EventLoop;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Asks a Janus at intervals whether it answers, and fails its session if it does not. It asks the plugin, not the core: a
 * plugin that is deadlocked does not answer. This keeps the session alive, too. Confined to its event loop.
 */
final class JanusHealth {
    private final EventLoop loop;
    private final JanusTimings timings;
    private final JanusSession session;
    private final JanusHandle control;
    private long asked;
    private long answered;
    private boolean stopped;

    JanusHealth(EventLoop loop, JanusTimings timings, JanusSession session, JanusHandle control) {
        this.loop = loop;
        this.timings = timings;
        this.session = session;
        this.control = control;
    }

    /** Asks for the first time after an interval. */
    void start() {
        schedule(this::ask, timings.healthMillis());
    }

    void stop() {
        stopped = true;
    }

    private void ask() {
        schedule(this::ask, timings.healthMillis());
        if (answered != asked || !session.isReady()) {
            return;
        }
        long question = ++asked;
        int sockets = session.sockets();
        control.request(Map.of("request", "exists", "room", "health"))
                .whenComplete((reply, failure) -> answered = Math.max(answered, question));
        schedule(
                () -> {
                    if (answered < question && session.sockets() == sockets && session.isReady()) {
                        session.fail("Janus hangs: no answer to a health check within " + timings.hungMillis() + " ms");
                    }
                    answered = Math.max(answered, question); // a question that a socket lost is not answered
                },
                timings.hungMillis());
    }

    @SuppressWarnings("FutureReturnValueIgnored") // ends with the event loop
    private void schedule(Runnable task, long millis) {
        loop.schedule(
                () -> {
                    if (!stopped) {
                        task.run();
                    }
                },
                millis,
                TimeUnit.MILLISECONDS);
    }
}
