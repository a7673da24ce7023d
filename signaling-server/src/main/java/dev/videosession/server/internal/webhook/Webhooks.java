package dev.videosession.server.internal.webhook;

import dev.videosession.protocol.SessionId;
import dev.videosession.protocol.time.TimeSource;
import dev.videosession.server.internal.engine.SessionObserver;
import dev.videosession.server.internal.memory.OutOfMemory;
import dev.videosession.server.internal.state.LifecycleVisitor;
import dev.videosession.server.internal.state.LoggedEvent;
import dev.videosession.server.internal.state.LoggedState;
import dev.videosession.server.project.Project;
import dev.videosession.server.project.Projects;
import dev.videosession.server.settings.WebhookSettings;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the events of sessions to the webhooks of their projects, as OpenTok's session monitoring does. Sessions only
 * hand their events over; everything else happens on one thread of this object, and no request blocks it. An event may
 * arrive more than once, if its answer was lost.
 */
public final class Webhooks implements SessionObserver, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Webhooks.class);
    private static final int NO_PROJECT = -1;
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final Projects projects;
    private final WebhookSettings settings;
    private final TimeSource time;
    private final WebhookMetrics metrics;
    private final WebhookSender sender;
    private final ScheduledExecutorService loop;
    private final Map<Integer, WebhookQueue> queues = new HashMap<>();
    private final Map<SessionId, Integer> occupied = new ConcurrentHashMap<>();
    private volatile @Nullable SharedLanes lanes;
    private boolean closed;

    /**
     * Starts a thread that waits for events.
     *
     * @param projects where webhooks and secrets are looked up, each time anew
     * @param settings bounds and times
     * @param time for the times in events and signatures
     * @param registry for meters
     */
    public Webhooks(Projects projects, WebhookSettings settings, TimeSource time, MeterRegistry registry) {
        this.projects = projects;
        this.settings = settings;
        this.time = time;
        this.metrics = new WebhookMetrics(registry);
        this.sender = new WebhookSender(settings, time, task -> daemon(task, "webhook-http"));
        this.loop = OutOfMemory.newTimer(task -> daemon(task, "webhooks"));
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    /**
     * Sends the events that nodes share from now on, instead of the ones that sessions report.
     *
     * @param shared where they are kept
     */
    public void share(SharedNotices shared) {
        SharedLanes created = new SharedLanes(shared, loop, time, this::send, this::abandon);
        lanes = created;
        loop.execute(created::start);
    }

    private void send(SessionId session, Notice notice) {
        queue(projects.of(session).map(Project::apiKey).orElse(NO_PROJECT)).add(notice);
    }

    private void abandon(SessionId session) {
        queues.values().forEach(queue -> queue.abandon(session));
    }

    @Override
    public boolean keepsNotices() {
        return lanes != null;
    }

    @Override
    public List<String> notices(SessionId session, LoggedState before, LoggedEvent event, long sequence) {
        SharedLanes sharing = lanes;
        if (sharing == null || apiKey(session, event) == NO_PROJECT) {
            return List.of();
        }
        List<String> notices = new ArrayList<>();
        for (String body : new WebhookEvents(session, time.millis()).of(before, event)) {
            String id = session + ":" + sequence + ":" + notices.size();
            notices.add(new SharedNotices.Waiting(id, body).toText());
        }
        if (!notices.isEmpty()) {
            loop.execute(() -> sharing.wake(session));
        }
        return notices;
    }

    private int apiKey(SessionId session, LoggedEvent event) {
        if (!LifecycleVisitor.concerns(event)) {
            return NO_PROJECT;
        }
        return projects.of(session)
                .filter(project -> project.webhook() != null)
                .map(Project::apiKey)
                .orElse(NO_PROJECT);
    }

    @Override
    public void onEvent(SessionId session, LoggedState before, LoggedEvent event) {
        int apiKey = lanes != null ? NO_PROJECT : apiKey(session, event);
        if (apiKey == NO_PROJECT) {
            return;
        }
        if (event instanceof LoggedEvent.ConnectionDestroyed && before.connectionCount() == 1) {
            occupied.remove(session);
        } else {
            occupied.put(session, apiKey);
        }
        enqueue(apiKey, session, new WebhookEvents(session, time.millis()).of(before, event));
    }

    private void enqueue(int apiKey, SessionId session, List<String> bodies) {
        long now = time.nanos();
        try {
            loop.execute(() -> {
                WebhookQueue queue = queue(apiKey);
                bodies.forEach(body -> queue.add(new Notice(session, body, now)));
            });
        } catch (RejectedExecutionException e) {
            metrics.dropped("shutdown", bodies.size());
            LOG.debug("event=webhookDiscarded session={} cause=shutdown", session);
        }
    }

    private WebhookQueue queue(int apiKey) {
        return queues.computeIfAbsent(
                apiKey, key -> new WebhookQueue(key, projects, settings, sender, metrics, loop, time));
    }

    /** Tells backends that the server is about to stop: {@code sessionNotification} and {@code sessionDestroyed}. */
    public void announceStop() {
        if (lanes != null) {
            return; // sessions go on at other nodes
        }
        occupied.forEach(
                (session, apiKey) -> enqueue(apiKey, session, new WebhookEvents(session, time.millis()).ofStop()));
        occupied.clear();
    }

    /**
     * Waits for events that are still to be sent, at most as long as the settings say, and stops. What is left is
     * counted and dropped.
     */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        awaitQueues();
        for (long left = settings.drain().toNanos(); metrics.waiting() > 0 && left > 0; left -= POLL_NANOS) {
            LockSupport.parkNanos(POLL_NANOS);
        }
        loop.shutdownNow();
        sender.close();
        int left = metrics.waiting();
        if (left > 0) {
            metrics.waiting(-left);
            metrics.dropped("shutdown", left);
            LOG.warn("event=webhooksDropped count={} cause=shutdown", left);
        }
    }

    /** Waits until every event that was enqueued before has reached its queue. */
    private void awaitQueues() {
        CountDownLatch reached = new CountDownLatch(1);
        loop.execute(reached::countDown);
        try {
            if (!reached.await(settings.drain().toNanos(), TimeUnit.NANOSECONDS)) {
                LOG.debug("event=webhooksBusy");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
