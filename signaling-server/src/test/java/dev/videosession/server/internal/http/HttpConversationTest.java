package dev.videosession.server.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.protocol.time.TimeSource;
import dev.videosession.server.http.HttpReply;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class HttpConversationTest {
    private final List<String> events = new ArrayList<>();
    private long now;

    private final EmbeddedChannel channel = new EmbeddedChannel(new HttpConversation(
            new HttpConversation.Listener() {
                @Override
                public void requested(HttpHeaders headers) {
                    events.add("requested");
                }

                @Override
                public void answered() {
                    events.add("answered");
                }
            },
            TimeSource.of(() -> now, InstantSource.system())));

    private boolean exchange(boolean keepAlive) {
        FullHttpRequest request = new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/");
        channel.writeInbound(request);
        request.release();
        channel.writeOutbound(HttpResponses.of(HttpReply.json(200, "{}"), keepAlive));
        FullHttpResponse response = channel.readOutbound();
        try {
            return HttpUtil.isKeepAlive(response);
        } finally {
            response.release();
        }
    }

    @Test
    void socketLastsAMinute() {
        now = TimeUnit.SECONDS.toNanos(60) - 1;
        assertThat(exchange(true)).isTrue();
        assertThat(channel.isOpen()).isTrue();
        now++;
        assertThat(exchange(true)).isFalse();
        assertThat(channel.isOpen()).isFalse();
        assertThat(events).containsExactly("requested", "answered", "requested", "answered");
    }

    @Test
    void socketCarriesAThousandRequests() {
        for (int i = 1; i < 1000; i++) {
            assertThat(exchange(true)).isTrue();
        }
        assertThat(exchange(true)).isFalse();
        assertThat(channel.isOpen()).isFalse();
    }
}
