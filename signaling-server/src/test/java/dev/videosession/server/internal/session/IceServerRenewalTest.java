package dev.videosession.server.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.protocol.IceServer;
import dev.videosession.protocol.message.ClientMessage;
import dev.videosession.protocol.message.Feature;
import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.server.settings.IceConfiguration;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class IceServerRenewalTest {
    private static final Duration LIFETIME = Duration.ofSeconds(100);
    private static final long BEFORE_MILLIS = LIFETIME.toMillis() * 69 / 100;
    private static final long DUE_MILLIS = LIFETIME.toMillis() * 12 / 100;

    private final SessionFixture fixture = new SessionFixture(IceConfiguration.NONE
            .withTurn(List.of("turn:long.example"), "other secret", LIFETIME.multipliedBy(10))
            .withTurn(List.of("turn:short.example"), "secret", LIFETIME));

    private long remainingSeconds(List<IceServer> servers) {
        String username = servers.get(1).username();
        return Long.parseLong(username.substring(0, username.indexOf(':')))
                - fixture.now().getEpochSecond();
    }

    @Test
    void clientReceivesNewServersBeforeItsCredentialsEnd() {
        SessionFixture.Client ada = fixture.join("ada", Feature.ALL);
        assertThat(remainingSeconds(ada.iceServers)).isEqualTo(LIFETIME.toSeconds());
        long renewedAt = fixture.now().getEpochSecond();
        for (int second = 0; second < LIFETIME.multipliedBy(3).toSeconds(); second++) {
            fixture.advance(1000);
            for (ServerMessage message : ada.take()) {
                List<IceServer> renewed = ((ServerMessage.IceServersRenewed) message).iceServers();
                assertThat(renewed).hasSize(2);
                assertThat(remainingSeconds(renewed)).isEqualTo(LIFETIME.toSeconds());
                assertThat(fixture.now().getEpochSecond() - renewedAt).isBetween(70L, 81L);
                renewedAt = fixture.now().getEpochSecond();
            }
        }
        assertThat(fixture.now().getEpochSecond() - renewedAt).isLessThan(LIFETIME.toSeconds());
        fixture.close();
    }

    @Test
    void clientsThatConnectedTogetherAreRenewedApart() {
        List<SessionFixture.Client> clients = List.of(
                fixture.join("ada", Feature.ALL), fixture.join("bob", Feature.ALL), fixture.join("cid", Feature.ALL));
        clients.forEach(SessionFixture.Client::take);
        fixture.advance(BEFORE_MILLIS);
        int mostAtOnce = 0;
        int renewed = 0;
        for (int step = 0; step < 120; step++) {
            fixture.advance(DUE_MILLIS / 120);
            int now = clients.stream().mapToInt(each -> each.takeTypes().size()).sum();
            mostAtOnce = Math.max(mostAtOnce, now);
            renewed += now;
        }
        assertThat(renewed).isEqualTo(clients.size());
        assertThat(mostAtOnce).isEqualTo(1);
        fixture.close();
    }

    @Test
    void clientWithoutTheFeatureReceivesNothing() {
        SessionFixture.Client old = fixture.join("old");
        fixture.advance(LIFETIME.toMillis() * 3);
        assertThat(old.takeTypes()).isEmpty();
        fixture.close();
    }

    @Test
    void offlineClientReceivesNewServersWhenItResumes() {
        SessionFixture.Client ada = fixture.join("ada", Feature.ALL);
        fixture.advance(BEFORE_MILLIS);
        ada.loseSocket();
        fixture.releaseAll();
        fixture.advance(SessionFixture.RESUME_WINDOW_MILLIS - 1);
        SessionFixture.Client returned = ada.resume(1);
        fixture.releaseAll();
        List<IceServer> fresh = returned.only(ServerMessage.Resumed.class).iceServers();
        assertThat(remainingSeconds(fresh)).isEqualTo(LIFETIME.toSeconds());
        fixture.advance(BEFORE_MILLIS);
        assertThat(returned.takeTypes()).isEmpty();
        fixture.advance(DUE_MILLIS);
        returned.only(ServerMessage.IceServersRenewed.class);
        assertThat(ada.takeTypes()).isEmpty();
        fixture.close();
    }

    @Test
    void nothingWaitsForAConnectionThatHasEnded() {
        SessionFixture.Client ada = fixture.join("ada", Feature.ALL);
        assertThat(fixture.hasTimers()).isTrue();
        ada.send(new ClientMessage.Disconnect());
        fixture.releaseAll();
        assertThat(fixture.hasTimers()).isFalse();
        fixture.close();
    }
}
