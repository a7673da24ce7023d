package dev.videosession.server.internal.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NodeInfoTest {
    @Test
    void infoSurvivesItsForm() throws IOException {
        NodeInfo full = new NodeInfo("a", "https://a.test", "https://a.test/health", true, true, Map.of("100", 7));
        NodeInfo bare = new NodeInfo("b", null, "http://127.0.0.1:1/health", false, false, Map.of());
        assertThat(NodeInfo.parse(full.toJson())).isEqualTo(full);
        assertThat(NodeInfo.parse(bare.toJson())).isEqualTo(bare);
    }

    @Test
    void fieldsOfANewerReleaseAreIgnored() throws IOException {
        String newer = "{\"v\":2,\"id\":\"a\",\"zone\":{\"x\":[1]},\"health\":\"http://h/health\"}";
        assertThat(NodeInfo.parse(newer.getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(new NodeInfo("a", null, "http://h/health", false, false, Map.of()));
    }

    @Test
    void somethingElseIsRefused() {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> NodeInfo.parse("[]".getBytes(StandardCharsets.UTF_8)));
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> NodeInfo.parse("{\"id\":".getBytes(StandardCharsets.UTF_8)));
    }
}
