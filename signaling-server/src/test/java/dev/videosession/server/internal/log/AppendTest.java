package dev.videosession.server.internal.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.protocol.ConnectionId;
import org.junit.jupiter.api.Test;

class AppendTest {
    private final Append step = new Append();

    private static Guard guard(int connection) {
        return new Guard(new ConnectionId("c" + connection), 1);
    }

    /** As many connections as act in one step. */
    @Test
    void eachGuardIsAddedOnce() {
        for (int request = 0; request < 300; request++) {
            step.guard(guard(request % 100));
        }
        assertThat(step.guards()).hasSize(100).doesNotHaveDuplicates();
        step.begin(Position.START);
        step.guard(guard(99));
        assertThat(step.guards()).containsExactly(guard(99));
    }
}
