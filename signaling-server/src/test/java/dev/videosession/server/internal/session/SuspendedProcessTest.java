package dev.videosession.server.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.message.ClientMessage;
import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.protocol.message.Subscription;
import dev.videosession.server.settings.IceConfiguration;
import dev.videosession.server.settings.SessionPolicy;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The time for which the server's process was suspended counts against no client. */
class SuspendedProcessTest {
    private static final long IDLE_MILLIS = 60_000;
    private static final long SUSPENDED_MILLIS = 3_600_000;
    private static final int SUSPENSIONS = 5;

    private final SessionFixture session =
            new SessionFixture(IceConfiguration.NONE, SessionPolicy.LASTING.withIdleMillis(IDLE_MILLIS));
    private final SessionFixture.Client ada = session.join("ada");

    @AfterEach
    void close() {
        session.close();
    }

    private void suspend() {
        for (int i = 0; i < SUSPENSIONS; i++) {
            session.advance(SUSPENDED_MILLIS);
            session.releaseAll();
        }
    }

    /** Advances the clock and commits what the session decides meanwhile. */
    private void pass(long millis) {
        session.advance(millis);
        session.releaseAll();
    }

    private List<ConnectionId> connections() {
        return session.snapshot().roster().connections().stream()
                .map(connection -> connection.connectionId())
                .toList();
    }

    private SessionFixture.Client lostPublisher() {
        SessionFixture.Client bob = session.join("bob");
        bob.send(new ClientMessage.Publish(1, "camera", true, true, null, null));
        session.releaseAll();
        var camera = bob.only(ServerMessage.Published.class).stream().streamId();
        ada.send(new ClientMessage.Subscribe(2, camera, Subscription.EVERYTHING));
        session.releaseAll();
        bob.loseSocket();
        session.releaseAll();
        return bob;
    }

    @Test
    void clientResumesAfterSeveralResumeWindows() {
        SessionFixture.Client bob = lostPublisher();
        suspend();
        assertThat(connections()).containsExactly(ada.id(), bob.id());
        SessionFixture.Client again = bob.resume(1);
        session.releaseAll();
        assertThat(again.takeTypes()).contains("Resumed");
    }

    @Test
    void resumeWindowEndsWhenTheProcessRunsAgain() {
        SessionFixture.Client bob = lostPublisher();
        suspend();
        pass(SessionFixture.RESUME_WINDOW_MILLIS - 1);
        assertThat(connections()).containsExactly(ada.id(), bob.id());
        pass(1);
        assertThat(connections()).containsExactly(ada.id());
    }

    @Test
    void clientIsNotIdleWhileTheProcessIsSuspended() {
        suspend();
        assertThat(connections()).containsExactly(ada.id());
        pass(IDLE_MILLIS - 1);
        assertThat(ada.takeTypes()).doesNotContain("Disconnected");
        pass(1);
        assertThat(ada.takeTypes()).contains("Disconnected");
    }
}
