package dev.videosession.media.internal.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.videosession.media.VideoSources;
import dev.videosession.media.fixture.LiveMedia;
import dev.videosession.media.internal.capture.LocalMedia;
import dev.videosession.media.probe.FrameStamp;
import dev.videosession.media.source.VideoFormat;
import dev.videosession.protocol.sdp.SessionDescription;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Retransmission, which hangs on rtx, its SSRC group and nack in every description, repairs a path that loses packets. */
@Timeout(120)
class LinkLossTest extends LiveMedia {
    private static final Logger LOG = LoggerFactory.getLogger(LinkLossTest.class);
    private static final int FRAMES = 60;

    /** Frames that may be on their way, and repaired, when those before them are counted. */
    private static final int LATE_FRAMES = 20;

    @Test
    void retransmissionRepairsTenPercentLoss() throws Exception {
        double repaired = shareOfFrames(UnaryOperator.identity());
        double unrepaired = shareOfFrames(LinkLossTest::withoutRepair);
        LOG.info("Frames that arrived: {} with retransmission, {} without", repaired, unrepaired);

        assertThat(repaired).isGreaterThan(0.95);
        assertThat(unrepaired).isLessThan(repaired - 0.1);
    }

    private static LinkDescription withoutRepair(LinkDescription description) {
        String sdp = description.description().toSdp();
        List<String> kept = sdp.lines()
                .filter(line -> !line.matches("a=rtcp-fb:\\d+ nack") && !line.matches("a=(rtpmap|fmtp):97 .*"))
                .map(line -> line.startsWith("m=video") ? line.replace(" 97", "") : line)
                .toList();
        return new LinkDescription(
                description.negotiation(),
                SessionDescription.parse(description.kind(), String.join("\r\n", kept) + "\r\n"));
    }

    private double shareOfFrames(UnaryOperator<LinkDescription> change) throws Exception {
        UdpPath path = new UdpPath();
        PathSignaling out = new PathSignaling(() -> path);
        PathSignaling in = new PathSignaling(() -> path);
        LocalMedia media = engine.capture(VideoSources.pattern(VideoFormat.P360), null);
        IncomingLink receiver = engine.receive(LinkConfig.DIRECT, in);
        Stamps stamps = Stamps.of(receiver.video());
        CompletableFuture<OutgoingLink> created = new CompletableFuture<>();
        out.to(() -> receiver);
        in.to(created::join);
        var toReceiver = out.toDescription;
        out.toDescription = description -> toReceiver.accept(change.apply(description));
        created.complete(engine.send(media, LinkConfig.DIRECT, out));
        try {
            stamps.awaitMore(30);
            path.loss = 0.1;
            Stamps sent = Stamps.of(media.video());
            sent.awaitMore(1);
            long before = sent.last().number();
            await("frames sent over a path with loss")
                    .atMost(LIMIT)
                    .until(() -> sent.last().number() >= before + FRAMES + LATE_FRAMES);
            assertThat(path.lost.get()).isPositive();
            long arrived = stamps.read.stream()
                    .mapToLong(FrameStamp::number)
                    .filter(number -> number > before && number <= before + FRAMES)
                    .distinct()
                    .count();
            return (double) arrived / FRAMES;
        } finally {
            receiver.close();
            media.close();
            path.close();
        }
    }
}
