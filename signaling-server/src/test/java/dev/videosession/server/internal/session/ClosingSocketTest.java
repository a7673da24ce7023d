package dev.videosession.server.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.protocol.CloseCode;
import dev.videosession.protocol.message.ClientMessage;
import dev.videosession.protocol.message.ServerMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A socket to which the server has sent a close frame, and that the client has not closed yet. */
@Timeout(60)
class ClosingSocketTest {
    private final SessionFixture session = new SessionFixture();

    @AfterEach
    void close() {
        session.close();
    }

    @Test
    void signalToItsClientArrivesWhenTheClientResumes() {
        SessionFixture.Client ada = session.join("ada");
        SessionFixture.Client ben = session.join("ben");
        ada.outbox().finish(null, CloseCode.SLOW_CONSUMER, "outbox full");
        ben.send(new ClientMessage.Signal(50, "chat", "hello", ada.id()));
        session.releaseAll();
        ada.take();
        SessionFixture.Client again = ada.resume(2);
        session.releaseAll();
        assertThat(again.only(ServerMessage.DirectSignal.class).data()).isEqualTo("hello");
    }
}
