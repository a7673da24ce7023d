package dev.videosession.protocol.sdp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.protocol.DescriptionKind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Descriptions that real endpoints wrote, against what is kept of them. */
class RealDescriptionsTest {
    static String read(String name) {
        try (InputStream in = Objects.requireNonNull(RealDescriptionsTest.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    static SessionDescription parse(String name) {
        return SessionDescription.parse(
                name.contains("offer") ? DescriptionKind.OFFER : DescriptionKind.ANSWER, read(name));
    }

    /** Lines that are dropped on purpose, whoever wrote them. */
    private static boolean isDropped(String line) {
        return line.startsWith("a=rtcp:")
                || line.startsWith("o=")
                || line.startsWith("c=")
                || line.contains("video-layers-allocation00");
    }

    private static Set<String> lines(String sdp) {
        return List.of(sdp.split("\r\n")).stream()
                .filter(line -> !isDropped(line))
                .map(line -> line.replaceFirst("^(m=\\w+) [1-9]\\d*", "$1 9"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "webrtc-java-offer-data.sdp",
                "webrtc-java-answer-data.sdp",
                "webrtc-java-offer-simulcast.sdp",
                "webrtc-java-answer-simulcast.sdp",
                "webrtc-java-offer-gathered.sdp"
            })
    void aDescriptionKeepsEveryLineThatMatters(String name) {
        SessionDescription description = parse(name);
        String rebuilt = description.toSdp();

        assertThat(lines(rebuilt)).isEqualTo(lines(read(name)));
        assertThat(SessionDescription.parse(description.kind(), rebuilt)).isEqualTo(description);
    }

    @Test
    void anAnswerFitsItsOffer() {
        parse("webrtc-java-answer-data.sdp").requireAnswers(parse("webrtc-java-offer-data.sdp"));
        parse("webrtc-java-answer-simulcast.sdp").requireAnswers(parse("webrtc-java-offer-simulcast.sdp"));
    }
}
