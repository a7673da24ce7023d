package dev.videosession.server.internal.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.server.internal.state.LoggedEvent;
import org.junit.jupiter.api.Test;

class EncodedMessagesTest {
    private static final LoggedEvent SIGNAL = new LoggedEvent.Signal(null, "chat", "hi");
    private static final byte[] FIRST = {1};
    private static final byte[] SECOND = {2};
    private static final byte[] REPLY = {3};

    private final EncodedMessages encoded = new EncodedMessages();

    @Test
    void messagesAreFoundInAnyOrderAndAsOftenAsAsked() {
        ServerMessage reply = new ServerMessage.Done(1L);
        encoded.put(SIGNAL, 7, FIRST);
        encoded.put(SIGNAL, 8, SECOND);
        encoded.put(reply, REPLY);
        assertThat(encoded.find(reply)).isSameAs(REPLY);
        assertThat(encoded.find(SIGNAL, 8)).isSameAs(SECOND);
        assertThat(encoded.find(SIGNAL, 7)).isSameAs(FIRST);
        assertThat(encoded.find(SIGNAL, 7)).isSameAs(FIRST);
    }

    @Test
    void objectsAreFoundByIdentity() {
        encoded.put(SIGNAL, 7, FIRST);
        encoded.put(new ServerMessage.Done(1L), REPLY);
        assertThat(encoded.find(new LoggedEvent.Signal(null, "chat", "hi"), 7)).isNull();
        assertThat(encoded.find(new ServerMessage.Done(1L))).isNull();
    }

    /** An event that another server has appended first has the same number. */
    @Test
    void eventIsNotFoundUnderAnotherNumber() {
        encoded.put(SIGNAL, 7, FIRST);
        assertThat(encoded.find(SIGNAL, 8)).isNull();
    }

    @Test
    void nothingIsFoundAfterClear() {
        encoded.put(SIGNAL, 7, FIRST);
        encoded.clear();
        assertThat(encoded.find(SIGNAL, 7)).isNull();
        encoded.put(SIGNAL, 7, SECOND);
        assertThat(encoded.find(SIGNAL, 7)).isSameAs(SECOND);
    }
}
