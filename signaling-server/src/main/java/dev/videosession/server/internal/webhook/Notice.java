package dev.videosession.server.internal.webhook;

import dev.videosession.protocol.SessionId;
import java.util.UUID;

/** One event on its way to a backend. Belongs to the loop of {@link Webhooks}. */
final class Notice {
    final String id = UUID.randomUUID().toString();
    final SessionId session;
    final String body;
    final long createdNanos;
    int attempts;
    boolean underWay;

    Notice(SessionId session, String body, long createdNanos) {
        this.session = session;
        this.body = body;
        this.createdNanos = createdNanos;
    }
}
