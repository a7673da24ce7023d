package dev.videosession.media.internal.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.videosession.media.VideoSources;
import dev.videosession.media.fixture.LinkPair;
import dev.videosession.media.fixture.LiveMedia;
import dev.videosession.media.internal.capture.LocalMedia;
import dev.videosession.media.source.VideoFormat;
import dev.videosession.protocol.ice.IceCandidate;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The grammar and the default policy lose no candidate that this machine's own links need. */
class CandidateAcceptanceTest extends LiveMedia {
    private static final Logger LOG = LoggerFactory.getLogger(CandidateAcceptanceTest.class);

    @Test
    void nothingButTcpIsDropped() throws Exception {
        try (LocalMedia media = engine.capture(VideoSources.pattern(VideoFormat.P360), null);
                LinkPair pair = new LinkPair(engine, media)) {
            await("both ends to connect")
                    .atMost(LIMIT)
                    .until(() ->
                            pair.sender.state() == LinkState.CONNECTED && pair.receiver.state() == LinkState.CONNECTED);

            assertDropped(pair.receiver, pair.out.candidates);
            assertDropped(pair.sender, pair.in.candidates);
        }
    }

    private static void assertDropped(PeerLink link, List<LinkCandidate> sent) {
        await("every candidate to be decided on").atMost(LIMIT).untilAsserted(() -> {
            long tcp = sent.stream().filter(CandidateAcceptanceTest::isTcp).count();
            assertThat(sent.size()).as("candidates found").isGreaterThan((int) tcp);
            assertThat(link.stats().get(5, TimeUnit.SECONDS).droppedCandidates())
                    .isEqualTo(tcp);
            LOG.info("{} candidates found, {} of them TCP", sent.size(), tcp);
        });
    }

    private static boolean isTcp(LinkCandidate candidate) {
        return candidate.candidate() instanceof IceCandidate ice && ice.protocol() == IceCandidate.Protocol.TCP;
    }
}
