package dev.videosession.server.internal.webhook;

import dev.videosession.protocol.SessionId;
import dev.videosession.protocol.time.TimeSource;
import dev.videosession.server.project.Project;
import dev.videosession.server.project.Projects;
import dev.videosession.server.settings.WebhookSettings;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The events of one project on their way. Each session has a lane in which one event goes after the other: the next
 * starts when the one before was delivered or dropped. Lanes do not wait for each other. Belongs to the loop of
 * {@link Webhooks}.
 */
final class WebhookQueue {
    private static final Logger LOG = LoggerFactory.getLogger(WebhookQueue.class);

    private final int apiKey;
    private final Projects projects;
    private final WebhookSettings settings;
    private final WebhookSender sender;
    private final WebhookMetrics metrics;
    private final ScheduledExecutorService loop;
    private final TimeSource time;
    private final Set<Notice> byAge = new LinkedHashSet<>();
    private final Map<SessionId, Lane> lanes = new HashMap<>();
    private final Deque<Lane> ready = new ArrayDeque<>();
    private int underWay;

    WebhookQueue(
            int apiKey,
            Projects projects,
            WebhookSettings settings,
            WebhookSender sender,
            WebhookMetrics metrics,
            ScheduledExecutorService loop,
            TimeSource time) {
        this.apiKey = apiKey;
        this.projects = projects;
        this.settings = settings;
        this.sender = sender;
        this.metrics = metrics;
        this.loop = loop;
        this.time = time;
    }

    /** The events of one session. It is idle, ready, under way, or pauses after a failure. */
    private static final class Lane {
        final SessionId session;
        final Deque<Notice> notices = new ArrayDeque<>();
        int failures;
        boolean busy;

        Lane(SessionId session) {
            this.session = session;
        }
    }

    void add(Notice notice) {
        if (byAge.size() >= settings.queueLimit() && !dropOldest()) {
            metrics.dropped("overflow", 1);
            return;
        }
        byAge.add(notice);
        metrics.waiting(1);
        Lane lane = lanes.computeIfAbsent(notice.session, Lane::new);
        lane.notices.addLast(notice);
        if (!lane.busy) {
            lane.busy = true;
            ready.addLast(lane);
        }
        pump();
    }

    /** Those that are under way are left alone. */
    private boolean dropOldest() {
        for (Iterator<Notice> oldest = byAge.iterator(); oldest.hasNext(); ) {
            Notice notice = oldest.next();
            if (!notice.underWay) {
                oldest.remove();
                Lane lane = lanes.get(notice.session);
                if (lane != null) {
                    lane.notices.remove(notice);
                }
                metrics.waiting(-1);
                metrics.dropped("overflow", 1);
                return true;
            }
        }
        return false;
    }

    private void pump() {
        while (underWay < settings.concurrency() && !ready.isEmpty()) {
            start(ready.removeFirst());
        }
    }

    private void start(Lane lane) {
        Notice notice = lane.notices.peekFirst();
        if (notice == null) {
            lane.busy = false;
            lanes.remove(lane.session);
            return;
        }
        Project project = projects.find(apiKey).orElse(null);
        URI target = project == null ? null : project.webhook();
        if (project == null || target == null) {
            drop(lane, notice, "unconfigured");
            ready.addLast(lane);
            return;
        }
        underWay++;
        notice.underWay = true;
        notice.attempts++;
        CompletableFuture<HttpResponse<Void>> call = sender.send(project, target, notice);
        ScheduledFuture<?> limit = loop.schedule(
                () -> call.cancel(true), 2 * settings.requestTimeout().toMillis(), TimeUnit.MILLISECONDS);
        call.whenCompleteAsync(
                        (response, failure) -> {
                            limit.cancel(false);
                            finished(lane, notice, response == null ? null : response.statusCode(), failure);
                        },
                        loop)
                .whenComplete((response, failure) -> {
                    if (failure != null) {
                        LOG.debug("event=webhookUnanswered", failure);
                    }
                });
    }

    private static String cause(Throwable failure) {
        Throwable root =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
    }

    private void finished(Lane lane, Notice notice, @Nullable Integer status, @Nullable Throwable failure) {
        underWay--;
        notice.underWay = false;
        if (status != null && status >= 200 && status < 300) {
            metrics.delivered();
            forget(lane, notice);
            lane.failures = 0;
            ready.addLast(lane);
        } else {
            metrics.failed();
            lane.failures++;
            LOG.info(
                    "event=webhookFailed project={} session={} attempt={} status={} cause=\"{}\"",
                    apiKey,
                    lane.session,
                    notice.attempts,
                    status == null ? "none" : status,
                    failure == null ? "" : cause(failure));
            if (time.nanos() - notice.createdNanos >= settings.giveUpAfter().toNanos()) {
                drop(lane, notice, "expired");
                lane.failures = 0;
                ready.addLast(lane);
            } else {
                pause(lane);
            }
        }
        pump();
    }

    private void pause(Lane lane) {
        long millis = RetryPause.after(
                        settings, lane.failures, ThreadLocalRandom.current().nextDouble())
                .toMillis();
        loop.schedule(
                () -> {
                    ready.addLast(lane);
                    pump();
                },
                millis,
                TimeUnit.MILLISECONDS);
    }

    private void drop(Lane lane, Notice notice, String cause) {
        metrics.dropped(cause, 1);
        forget(lane, notice);
    }

    private void forget(Lane lane, Notice notice) {
        lane.notices.remove(notice);
        if (byAge.remove(notice)) {
            metrics.waiting(-1);
            notice.settled.run();
        }
    }

    /** Forgets the notices of a session, which another node sends. */
    void abandon(SessionId session) {
        Lane lane = lanes.get(session);
        if (lane != null) {
            metrics.waiting(-lane.notices.size());
            byAge.removeAll(lane.notices);
            lane.notices.clear();
        }
    }
}
