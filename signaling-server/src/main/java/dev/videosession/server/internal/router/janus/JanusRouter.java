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
import dev.videosession.server.internal.router.janus.session.JanusHandle;
import dev.videosession.server.internal.router.janus.session.JanusSession;
import dev.videosession.server.internal.router.janus.session.JanusTimings;
import dev.videosession.server.settings.JanusEndpoint;
import dev.videosession.server.settings.JanusSettings;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Janus as a media router, with its rooms. Thread-safe: the work is done on an event loop of its own.
 */
public final class JanusRouter implements MediaRouter {
    private static final Logger LOG = LoggerFactory.getLogger(JanusRouter.class);
    private static final long CLOSE_SECONDS = 5;
    private static final long DESTROY_MILLIS = 1_000;

    private final String name;
    private final EventLoopGroup group;
    private final EventLoop loop;
    private final ExecutorService starter;
    private final JanusSupervisor supervisor;
    private final JanusCapacity capacity;
    private final AtomicInteger restarts = new AtomicInteger();
    private final AtomicBoolean closing = new AtomicBoolean();
    private volatile boolean up;
    private volatile int failures;
    private volatile Runnable availability = () -> {};

    // Owned by the event loop.
    private final Set<JanusRoom> rooms = new LinkedHashSet<>();

    private JanusRouter(
            String name, JanusInstance.Launcher launcher, LinkCapacity links, JanusTimings timings, TimeSource time) {
        this.name = name;
        this.capacity = new JanusCapacity(name, links);
        this.group =
                new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("router", true), NioIoHandler.newFactory());
        this.loop = group.next();
        this.starter = Executors.newSingleThreadExecutor(new DefaultThreadFactory("router-start", true));
        this.supervisor = new JanusSupervisor(name, launcher, timings, time, loop, starter, new Rooms());
    }

    /**
     * Starts a Janus on this machine and supervises it. Returns at once.
     *
     * @param name for log lines and metrics
     * @param settings how to run it
     * @param timings the time limits
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
        router.loop.execute(router.supervisor::launch);
        return router;
    }

    /**
     * Uses a Janus that runs. Returns at once.
     *
     * @param endpoint where it is
     * @param timings the time limits
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
    public int failures() {
        return failures;
    }

    @Override
    public void onAvailability(Runnable listener) {
        availability = listener;
    }

    @Override
    public RouterRoom open(Executor executor, RoomListener listener) {
        JanusRoom room = new JanusRoom(loop, executor, listener, capacity, () -> "r-" + RandomSecret.hex(12));
        loop.execute(() -> {
            JanusSession session = supervisor.session();
            JanusHandle control = supervisor.control();
            if (session == null || control == null) {
                room.lost();
            } else {
                rooms.add(room);
                capacity.counts().rooms(1);
                room.opened(session, control, supervisor.endpoint().adminKey(), () -> closed(room));
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

    private final class Rooms implements JanusSupervisor.Listener {
        @Override
        public void onUp() {
            up = true;
            availability.run();
        }

        @Override
        public void onFailure(int failuresSinceStable) {
            restarts.incrementAndGet();
            failures = failuresSinceStable;
        }

        @Override
        public void onStable() {
            failures = 0;
        }

        @Override
        public void onDown() {
            up = false;
            List<JanusRoom> lost = new ArrayList<>(rooms);
            rooms.clear();
            capacity.counts().rooms(-lost.size());
            lost.forEach(JanusRoom::lost);
            availability.run();
        }
    }

    /** {@return what keeps the Janus at work; on the event loop only} */
    JanusSupervisor supervisor() {
        return supervisor;
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
        loop.execute(() -> release(released::countDown));
        try {
            if (!released.await(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("event=routerNotReleased router={}", name);
            }
            starter.shutdown();
            if (!starter.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("event=routerNotEnded router={}", name);
            }
        } catch (InterruptedException e) {
            loop.execute(supervisor::close);
            Thread.currentThread().interrupt();
        }
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(CLOSE_SECONDS, TimeUnit.SECONDS);
    }

    /** Ends the Janus, or leaves it without rooms of this server: one that is only used here would keep them for ever. */
    @SuppressWarnings("FutureReturnValueIgnored") // ends with the event loop
    private void release(Runnable done) {
        Runnable end = () -> {
            supervisor.close();
            done.run();
        };
        CompletableFuture<?>[] destroyed = List.copyOf(rooms).stream()
                .map(room -> room.closeNow().toCompletableFuture())
                .toArray(CompletableFuture<?>[]::new);
        CompletableFuture.allOf(destroyed).whenComplete((all, failure) -> end.run());
        loop.schedule(end, DESTROY_MILLIS, TimeUnit.MILLISECONDS);
    }
}
