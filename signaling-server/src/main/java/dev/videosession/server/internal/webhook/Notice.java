package dev.videosession.server.internal.webhook;

import dev.videosession.protocol.SessionId;
import java.util.UUID;

/** One event on its way to a backend. Belongs to the loop of {@link Webhooks}. */
final class Notice {
    final String id;
    final SessionId session;
    final String body;
    final long createdNanos;
    final Runnable settled;
    int attempts;
    boolean underWay;

    Notice(SessionId session, String body, long createdNanos) {
        this(UUID.randomUUID().toString(), session, body, createdNanos, () -> {});
    }

    /** The last argument is called when the notice was delivered or dropped for good. */
    Notice(String id, SessionId session, String body, long createdNanos, Runnable settled) {
        this.id = id;
        this.session = session;
        this.body = body;
        this.createdNanos = createdNanos;
        this.settled = settled;
    }
}
