package dev.videosession.server.internal.router.janus;

import dev.videosession.protocol.time.TimeSource;
import dev.videosession.server.internal.router.MediaRouter;
import dev.videosession.server.internal.router.RoomListener;
import dev.videosession.server.internal.router.RouterCounts;
import dev.videosession.server.internal.router.RouterRoom;
import dev.videosession.server.internal.router.janus.process.JanusInstance;
import dev.videosession.server.internal.router.janus.process.JanusProcess;
import dev.videosession.server.internal.router.janus.process.LinkCapacity;
import dev.videosession.server.internal.router.janus.process.RandomSecret;
import dev.videosession.server.internal.router.janus.process.RunningJanus;
import dev.videosession.server.settings.JanusEndpoint;
import dev.videosession.server.settings.JanusSettings;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Janus as a media router. Starts it, or connects to one that runs; checks that it answers; replaces one that ended or
 * hangs. Thread-safe: the work is done on an event loop of its own.
 */
public final class JanusRouter implements MediaRouter {
    private static final Logger LOG = LoggerFactory.getLogger(JanusRouter.class);
    private static final long CLOSE_SECONDS = 5;

    private final String name;
    private final JanusInstance.Launcher launcher;
    private final JanusTimings timings;
    private final TimeSource time;
    private final EventLoopGroup group;
    private final EventLoop loop;
    private final ExecutorService starter;
    private final JanusCapacity capacity;
    private final AtomicInteger restarts = new AtomicInteger();
    private final AtomicBoolean closing = new AtomicBoolean();
    private volatile boolean up;
    private volatile Runnable availability = () -> {};

    // Owned by the event loop.
    private final Set<JanusRoom> rooms = new LinkedHashSet<>();
    private @Nullable JanusInstance instance;
    private @Nullable JanusSession session;
    private @Nullable JanusHandle control;
    private int generation;
    private int failuresInARow;
    private long upSinceNanos;
    private @Nullable JanusHealth health;
    private boolean closed;

    private JanusRouter(
            String name, JanusInstance.Launcher launcher, LinkCapacity links, JanusTimings timings, TimeSource time) {
        this.name = name;
        this.capacity = new JanusCapacity(name, links);
        this.launcher = launcher;
        this.timings = timings;
        this.time = time;
        this.group =
                new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("router", true), NioIoHandler.newFactory());
        this.loop = group.next();
        this.starter = Executors.newSingleThreadExecutor(new DefaultThreadFactory("router-start", true));
    }

    /**
     * Starts a Janus on this machine and supervises it. Returns at once.
     *
     * @param name for log lines and metrics
     * @param settings how to run it
     * @param timings when to give up
     * @param time the monotonic clock
     * @return a router that becomes available when Janus answers
     */
    public static JanusRouter start(String name, JanusSettings settings, JanusTimings timings, TimeSource time) {
        return start(
                name,
                onExit -> JanusProcess.start(settings, time, onExit),
                LinkCapacity.ofChildProcess(settings),
                timings,
                time);
    }

    /** Starts one that carries this many links. */
    static JanusRouter start(
            String name, JanusInstance.Launcher launcher, LinkCapacity links, JanusTimings timings, TimeSource time) {
        JanusRouter router = new JanusRouter(name, launcher, links, timings, time);
        router.loop.execute(router::launch);
        return router;
    }

    /**
     * Uses a Janus that runs. Returns at once.
     *
     * @param endpoint where it is
     * @param timings when to give up
     * @param time the monotonic clock
     * @return a router that becomes available when Janus answers
     */
    public static JanusRouter connect(JanusEndpoint endpoint, JanusTimings timings, TimeSource time) {
        RunningJanus running = new RunningJanus(endpoint);
        return start(endpoint.uri().toString(), onExit -> running, LinkCapacity.OF_OTHER_MACHINE, timings, time);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean isUp() {
        return up;
    }

    @Override
    public RouterCounts counts() {
        return capacity.counts();
    }

    @Override
    public int capacity() {
        return capacity.most();
    }

    @Override
    public int restarts() {
        return restarts.get();
    }

    @Override
    public void onAvailability(Runnable listener) {
        availability = listener;
    }

    @Override
    public RouterRoom open(Executor executor, RoomListener listener) {
        JanusRoom room = new JanusRoom(loop, executor, listener, capacity, () -> "r-" + RandomSecret.hex(12));
        loop.execute(() -> {
            if (session == null || control == null || !up) {
                room.lost();
            } else {
                rooms.add(room);
                capacity.counts().rooms(1);
                room.opened(session, control, endpointOfInstance().adminKey(), () -> closed(room));
            }
        });
        return room;
    }

    // ---- the event loop

    private void closed(JanusRoom room) {
        if (rooms.remove(room)) {
            capacity.counts().rooms(-1);
        }
    }

    private JanusEndpoint endpointOfInstance() {
        if (instance == null) {
            throw new IllegalStateException("there is no Janus");
        }
        return instance.endpoint();
    }

    /** Starting a process blocks. */
    private void launch() {
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
            starter.execute(launched::close);
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
        LOG.info("event=routerUp router={} uri={}", name, endpointOfInstance().uri());
        availability.run();
    }

    private void instanceEnded(int endedGeneration, String reason) {
        if (closed || endedGeneration != generation) {
            return;
        }
        boolean wasUp = up;
        if (wasUp && time.nanos() - upSinceNanos > TimeUnit.MILLISECONDS.toNanos(timings.hungMillis())) {
            failuresInARow = 0;
        }
        release();
        long wait = backoff();
        failuresInARow++;
        restarts.incrementAndGet();
        LOG.warn(
                "event=routerDown router={} cause=\"{}\" restartMillis={} lastedMillis={}",
                name,
                reason,
                wait,
                wasUp ? TimeUnit.NANOSECONDS.toMillis(time.nanos() - upSinceNanos) : 0);
        scheduleLaunch(wait);
    }

    private long backoff() {
        if (failuresInARow == 0) {
            return 0;
        }
        int doublings = Math.min(failuresInARow - 1, 16);
        return Math.min(timings.maxBackoffMillis(), timings.backoffMillis() << doublings);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // ends with the event loop
    private void scheduleLaunch(long millis) {
        loop.schedule(this::launch, millis, TimeUnit.MILLISECONDS);
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
        List<JanusRoom> lost = new ArrayList<>(rooms);
        rooms.clear();
        capacity.counts().rooms(-lost.size());
        lost.forEach(JanusRoom::lost);
        if (session != null) {
            session.close();
            session = null;
        }
        if (instance != null) {
            starter.execute(instance::close);
            instance = null;
        }
        if (wasUp) {
            availability.run();
        }
    }

    /** {@return the Janus that runs, or null; on the event loop only} */
    @Nullable
    JanusInstance instance() {
        return instance;
    }

    /** {@return how many handles are open, the one that manages rooms included; on the event loop only} */
    int handles() {
        return session == null ? 0 : session.handles();
    }

    /** {@return the handle that manages rooms, or null; on the event loop only} */
    @Nullable
    JanusHandle control() {
        return control;
    }

    EventLoop loop() {
        return loop;
    }

    @Override
    public void close() {
        if (!closing.compareAndSet(false, true)) {
            return;
        }
        CountDownLatch released = new CountDownLatch(1);
        loop.execute(() -> {
            closed = true;
            release();
            released.countDown();
        });
        try {
            if (!released.await(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("event=routerNotReleased router={}", name);
            }
            starter.shutdown();
            if (!starter.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("event=routerNotEnded router={}", name);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(CLOSE_SECONDS, TimeUnit.SECONDS);
    }
}
