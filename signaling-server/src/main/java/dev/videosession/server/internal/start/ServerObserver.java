package dev.videosession.server.internal.start;

import dev.videosession.protocol.SessionId;
import dev.videosession.server.internal.engine.SessionObserver;
import dev.videosession.server.internal.rest.LayoutClasses;
import dev.videosession.server.internal.state.LoggedEvent;
import dev.videosession.server.internal.state.LoggedState;
import dev.videosession.server.internal.token.RevokedTokens;
import dev.videosession.server.internal.webhook.Webhooks;
import java.util.List;

/** What follows from the events of all sessions: layout classes, webhooks, and bans that must outlast the session. */
final class ServerObserver implements SessionObserver {
    private final LayoutClasses layouts;
    private final Webhooks webhooks;
    private final RevokedTokens revoked;

    ServerObserver(LayoutClasses layouts, Webhooks webhooks, RevokedTokens revoked) {
        this.layouts = layouts;
        this.webhooks = webhooks;
        this.revoked = revoked;
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // the store logs what it cannot keep
    public void onEvent(SessionId session, LoggedState before, LoggedEvent event) {
        layouts.onEvent(session, before, event);
        webhooks.onEvent(session, before, event);
        if (event instanceof LoggedEvent.ConnectionDestroyed gone && gone.banned() != null) {
            revoked.keepBanned(gone.banned().fingerprint(), gone.banned().expiresAtSeconds());
        }
    }

    @Override
    public void onRestored(SessionId session, LoggedState before, LoggedEvent event) {
        layouts.onEvent(session, before, event);
    }

    @Override
    public boolean keepsNotices() {
        return webhooks.keepsNotices();
    }

    @Override
    public List<String> notices(SessionId session, LoggedState before, LoggedEvent event, long sequence) {
        return webhooks.notices(session, before, event, sequence);
    }
}
