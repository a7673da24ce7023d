package dev.videosession.session.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.videosession.media.AudioSources;
import dev.videosession.media.source.OpusSettings;
import dev.videosession.media.stats.LinkStats;
import dev.videosession.media.stats.RtcStats;
import dev.videosession.protocol.Role;
import dev.videosession.protocol.SessionId;
import dev.videosession.session.Publisher;
import dev.videosession.session.fixture.LiveServer;
import dev.videosession.session.fixture.Participant;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;

/** Settings of the audio encoder, read back from the negotiated codec and from the packets. */
class OpusSettingsIT {
    private static final int BITRATE = 12_000;

    @Test
    void bitrateStereoAndDiscontinuousTransmissionReachTheEncoder() {
        try (LiveServer server = new LiveServer(LiveServer.QUICK)) {
            SessionId id = server.newSession();
            try (Participant ada = server.join(id, Role.PUBLISHER, "ada");
                    Participant bob = server.join(id, Role.PUBLISHER, "bob")) {
                Publisher microphone = Publisher.builder()
                        .audio(AudioSources.tone(440))
                        .opus(new OpusSettings(BITRATE, true, true))
                        .name("ada-mic")
                        .build();
                ada.session.publish(microphone).blockingAwait();
                Participant.Received heard = bob.awaitStream("ada-mic");
                await("audio")
                        .atMost(Participant.LIMIT)
                        .until(() -> heard.subscriber.stats().blockingGet().packets() > 50);

                assertThat(codecs(microphone))
                        .anySatisfy(line ->
                                assertThat(line).contains("maxaveragebitrate=" + BITRATE, "usedtx=1", "stereo=1"));
                Reading tone = afterASecond(microphone);
                Reading laterTone = afterASecond(microphone);
                assertThat(8 * laterTone.perSecond(tone, LinkStats::bytes)).isBetween(BITRATE / 4.0, 2.0 * BITRATE);

                microphone.publishAudio(false);
                Reading silence = afterASecond(microphone);
                Reading laterSilence = afterASecond(microphone);
                assertThat(laterSilence.perSecond(silence, LinkStats::packets))
                        .as("packets per second of silence, 50 without DTX")
                        .isLessThan(25);
            }
        }
    }

    private static List<String> codecs(Publisher publisher) {
        return publisher.rtcStats().blockingGet().values().stream()
                .flatMap(Collection::stream)
                .filter(entry -> entry.type().equals("codec"))
                .map(RtcStats::values)
                .map(values -> String.valueOf(values.get("sdpFmtpLine")))
                .toList();
    }

    private static Reading afterASecond(Publisher publisher) {
        await().pollDelay(1, TimeUnit.SECONDS).atMost(Duration.ofSeconds(10)).until(() -> true);
        LinkStats stats = publisher.stats().blockingGet().values().iterator().next();
        return new Reading(stats, System.nanoTime());
    }

    /** Statistics and when they were read: on a busy machine a second takes longer. */
    private record Reading(LinkStats stats, long nanoTime) {
        double perSecond(Reading earlier, ToLongFunction<LinkStats> counter) {
            return 1e9
                    * (counter.applyAsLong(stats) - counter.applyAsLong(earlier.stats))
                    / (nanoTime - earlier.nanoTime);
        }
    }
}
