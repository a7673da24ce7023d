package dev.videosession.media.internal.rtc.encoding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.protocol.DescriptionKind;
import dev.videosession.protocol.sdp.SessionDescription;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ActiveEncodingsTest {
    private final ActiveEncodings encodings = new ActiveEncodings();

    private static SessionDescription description(DescriptionKind kind, String setup, String ours, String simulcast) {
        String text = "v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\nm=video 9 UDP/TLS/RTP/SAVPF 96\r\n"
                + "c=IN IP4 0.0.0.0\r\na=ice-ufrag:abcd\r\na=ice-pwd:abcdefghijklmnopqrstuv\r\na=fingerprint:sha-256 "
                + "AB:".repeat(31) + "AB\r\na=setup:" + setup + "\r\na=mid:v\r\na=" + ours + "only\r\na=rtcp-mux\r\n"
                + "a=rtpmap:96 VP8/90000\r\na=rid:a " + ours + "\r\na=rid:b " + ours + "\r\na=rid:c " + ours
                + "\r\na=simulcast:" + simulcast + "\r\n";
        return SessionDescription.parse(kind, text);
    }

    @BeforeEach
    void connect() {
        encodings.connectionOpened(3);
        encodings.answered(
                description(DescriptionKind.OFFER, "actpass", "send", "send a;b;c"),
                description(DescriptionKind.ANSWER, "active", "recv", "recv c;b;a"));
    }

    private @Nullable String nextLayers() {
        SessionDescription next = encodings.nextAnswer();
        return next == null
                ? null
                : next.toSdp()
                        .lines()
                        .filter(line -> line.startsWith("a=simulcast:"))
                        .findFirst()
                        .orElseThrow();
    }

    @Test
    void whatIsNotNeededIsPausedByTheOrderOfTheOffer() {
        assertThat(nextLayers()).as("everything is sent at first").isNull();
        encodings.need(Set.of(0));
        assertThat(nextLayers()).isEqualTo("a=simulcast:recv ~c;~b;a");
        assertThat(nextLayers()).as("nothing changed").isNull();
        encodings.need(Set.of(0, 2, 7));
        assertThat(nextLayers()).isEqualTo("a=simulcast:recv c;~b;a");
        encodings.need(null);
        assertThat(nextLayers()).isEqualTo("a=simulcast:recv c;b;a");
    }

    @Test
    void sourceIsPausedIfNothingIsNeeded() {
        encodings.need(Set.of());
        assertThat(nextLayers()).isNull();
        assertThat(encodings.isAnyNeeded()).isFalse();
        encodings.need(Set.of(1));
        assertThat(encodings.isAnyNeeded()).isTrue();
    }

    @Test
    void pausesAgainAfterAnotherExchangeAndAnotherConnection() {
        encodings.need(Set.of(1));
        SessionDescription paused = Objects.requireNonNull(encodings.nextAnswer());
        connect();
        assertThat(encodings.nextAnswer()).isEqualTo(paused);
        encodings.connectionOpened(1);
        assertThat(encodings.nextAnswer()).as("one encoding is never paused").isNull();
        assertThat(encodings.isAnyNeeded()).isTrue();
    }
}
