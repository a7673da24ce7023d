package dev.videosession.server.internal.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class NodeNamesTest {
    private final NodeNames names = new NodeNames();

    private static NodeInfo node(String name) {
        return new NodeInfo(name, null, "", false, false, Map.of());
    }

    @Test
    void nameOfANodeThatIsGoneIsKept() {
        names.follow(Map.of(1L, node("a"), 2L, node("b")));
        names.follow(Map.of(2L, node("b")));
        assertThat(names.of(1)).isEqualTo("a");
        assertThat(names.of(3)).isEqualTo("unknown");
    }

    @Test
    void theLatestNamesAreKept() {
        names.follow(Map.of(0L, node("first"), 1L, node("second")));
        for (long epoch = 2; epoch < 1025; epoch++) {
            names.follow(Map.of(0L, node("first"), epoch, node("other")));
        }
        assertThat(names.of(0)).as("it still has a lease").isEqualTo("first");
        assertThat(names.of(1)).isEqualTo("unknown");
    }
}
