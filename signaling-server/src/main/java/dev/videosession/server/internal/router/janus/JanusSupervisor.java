package dev.videosession.server.internal.router.janus;

import dev.videosession.protocol.time.TimeSource;
import dev.videosession.server.internal.router.janus.process.JanusInstance;
import dev.videosession.server.internal.router.janus.session.JanusHandle;
import dev.videosession.server.internal.router.janus.session.JanusSession;
import dev.videosession.server.internal.router.janus.session.JanusTimings;
import dev.videosession.server.settings.JanusEndpoint;
import io.netty.channel.EventLoop;
import java.io.IOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one Janus running: starts it or connects to it, checks that it answers, and replaces it if it exits or hangs, with a backoff after
 * repeated failures. Confined to its event loop.
 */
final class JanusSupervisor {
    private static final Logger LOG = LoggerFactory.getLogger(JanusSupervisor.class);

    private final String name;
    private final JanusInstance.Launcher launcher;
    private final JanusTimings timings;
    private final TimeSource time;
    private final EventLoop loop;
    private final ExecutorService starter;
    private final Listener listener;
    private @Nullable JanusInstance instance;
    private @Nullable JanusSession session;
    private @Nullable JanusHandle control;
    private @Nullable JanusHealth health;
    private int generation;
    private final RestartBackoff backoff;
    private long upSinceNanos;
    private boolean up;
    private boolean closed;

    /** Receives what becomes of the Janus. Called on the event loop. */
    interface Listener {
        /** It answers. */
        void onUp();

        /** It is lost with everything in it, or could not be reached, once more since it was last stable. Another attempt follows. */
        void onFailure(int failures);

        /** It has worked long enough for its failures to be forgotten. */
        void onStable();

        /** It was up and is not any more. */
        void onDown();
    }

    /**
     * Prepares to keep a Janus at work.
     *
     * @param name for log lines
     * @param launcher makes instances
     * @param timings the time limits
     * @param time the monotonic clock
     * @param loop runs everything that does not block
     * @param starter runs what blocks
     * @param listener receives what becomes of it
     */
    JanusSupervisor(
            String name,
            JanusInstance.Launcher launcher,
            JanusTimings timings,
            TimeSource time,
            EventLoop loop,
            ExecutorService starter,
            Listener listener) {
        this.name = name;
        this.launcher = launcher;
        this.timings = timings;
        this.time = time;
        this.loop = loop;
        this.starter = starter;
        this.listener = listener;
        this.backoff =
                new RestartBackoff(timings, () -> ThreadLocalRandom.current().nextLong());
    }

    /** {@return where the Janus is that runs} */
    JanusEndpoint endpoint() {
        if (instance == null) {
            throw new IllegalStateException("there is no Janus");
        }
        return instance.endpoint();
    }

    /** Starts a Janus, elsewhere: that blocks. */
    void launch() {
        if (closed) {
            return;
        }
        int current = ++generation;
        starter.execute(() -> {
            try {
                JanusInstance launched = launcher.launch(reason -> loop.execute(() -> instanceEnded(current, reason)));
                loop.execute(() -> launched(current, launched));
            } catch (IOException | RuntimeException e) {
                loop.execute(() -> instanceEnded(current, String.valueOf(e.getMessage())));
            }
        });
    }

    private void launched(int launchedGeneration, JanusInstance launched) {
        if (closed || launchedGeneration != generation) {
            closeLater(launched);
            return;
        }
        instance = launched;
        JanusSession opening = new JanusSession(
                loop, launched.endpoint(), timings, time, reason -> instanceEnded(launchedGeneration, reason));
        session = opening;
        opening.open();
        opening.attach((type, message) -> {
                    if (type.equals("detached")) {
                        opening.fail("Janus released the handle that manages rooms");
                    }
                })
                .whenComplete((handle, failure) -> {
                    if (launchedGeneration != generation) {
                        return;
                    }
                    if (failure != null) {
                        opening.fail("Janus did not accept the session: " + failure.getMessage());
                    } else {
                        control = handle;
                        health = new JanusHealth(loop, timings, opening, handle);
                        health.start();
                        becomeUp();
                    }
                });
    }

    private void becomeUp() {
        up = true;
        upSinceNanos = time.nanos();
        LOG.info("event=routerUp router={} uri={}", name, endpoint().uri());
        listener.onUp();
        int current = generation;
        schedule(() -> stable(current), backoff.stableMillis());
    }

    private void stable(int upGeneration) {
        if (upGeneration == generation) {
            backoff.reset();
            listener.onStable();
        }
    }

    private void instanceEnded(int endedGeneration, String reason) {
        if (closed || endedGeneration != generation) {
            return;
        }
        long lastedMillis = up ? TimeUnit.NANOSECONDS.toMillis(time.nanos() - upSinceNanos) : 0;
        release();
        long wait = backoff.next();
        listener.onFailure(backoff.failures());
        LOG.warn(
                "event=routerDown router={} cause=\"{}\" failures={} restartMillis={} lastedMillis={}",
                name,
                reason,
                backoff.failures(),
                wait,
                lastedMillis);
        schedule(this::launch, wait);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // ends with the event loop
    private void schedule(Runnable task, long millis) {
        loop.schedule(task, millis, TimeUnit.MILLISECONDS);
    }

    /** Ends what is left of the current Janus. */
    private void release() {
        generation++;
        boolean wasUp = up;
        up = false;
        control = null;
        if (health != null) {
            health.stop();
            health = null;
        }
        if (wasUp) {
            listener.onDown();
        }
        if (session != null) {
            session.close();
            session = null;
        }
        if (instance != null) {
            closeLater(instance);
            instance = null;
        }
    }

    /** One that was launched while the router was closed is closed here: no other thread is left. */
    private void closeLater(JanusInstance launched) {
        try {
            starter.execute(launched::close);
        } catch (RejectedExecutionException e) {
            launched.close();
        }
    }

    /** Ends the Janus, for good. */
    void close() {
        closed = true;
        release();
    }

    /** {@return the Janus that runs, or null} */
    @Nullable
    JanusInstance instance() {
        return instance;
    }

    /** {@return the session with the Janus that is up, or null} */
    @Nullable
    JanusSession session() {
        return up ? session : null;
    }

    /** {@return the handle that manages rooms, or null} */
    @Nullable
    JanusHandle control() {
        return control;
    }

    /** {@return how many handles are open, the one that manages rooms included} */
    int handles() {
        return session == null ? 0 : session.handles();
    }
}
