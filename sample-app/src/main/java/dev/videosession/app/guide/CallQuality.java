package dev.videosession.app.guide;

import dev.videosession.session.QualityRating;
import dev.videosession.session.QualitySample;
import dev.videosession.session.QualityScore;
import dev.videosession.session.Session;
import dev.videosession.session.SessionListener;
import dev.videosession.session.Speakers;
import dev.videosession.session.Stream;
import dev.videosession.session.Subscriber;
import dev.videosession.session.SubscriberListener;
import io.reactivex.rxjava3.core.Single;
import java.util.function.Consumer;

/** Reports the active speaker, and the quality of a stream. */
public final class CallQuality {
    private CallQuality() {}

    /**
     * Reports the speakers of a session.
     *
     * @param session any session
     * @param lines receives a line for each change
     */
    public static void reportSpeakers(Session session, Consumer<String> lines) {
        session.addListener(new SessionListener() {
            @Override
            public void onSpeakersChanged(Speakers speakers) {
                lines.accept(
                        "large view: " + speakers.active().map(Stream::name).orElse("none"));
                speakers.speaking().forEach(stream -> lines.accept("speaks: " + stream.name()));
            }
        });
    }

    /**
     * Reports the quality of a received stream.
     *
     * @param subscriber any subscriber
     * @param lines receives a line for each change
     */
    public static void reportQuality(Subscriber subscriber, Consumer<String> lines) {
        subscriber.addListener(new SubscriberListener() {
            @Override
            public void onQualityScoreChanged(QualityScore score) {
                score.video().ifPresent(video -> lines.accept(describe(video)));
            }
        });
    }

    /**
     * Describes the last five minutes of a received stream.
     *
     * @param subscriber any subscriber
     * @param lines receives a line for each second
     */
    public static void reportFigures(Subscriber subscriber, Consumer<String> lines) {
        for (QualitySample second : subscriber.qualityHistory()) {
            lines.accept(second.time() + " " + second.videoBitrate() / 1_000 + " kbit/s, "
                    + Math.round(second.lossPercent()) + " % lost, " + second.roundTripMillis() + " ms");
        }
    }

    /**
     * Reads a figure of the native report.
     *
     * @param subscriber any subscriber
     * @return how many retransmissions were requested
     */
    public static Single<Long> retransmissions(Subscriber subscriber) {
        return subscriber
                .rtcStats()
                .map(report -> report.stream()
                        .map(entry -> entry.values().get("nackCount"))
                        .filter(Number.class::isInstance)
                        .mapToLong(count -> ((Number) count).longValue())
                        .sum());
    }

    private static String describe(QualityRating video) {
        return "video " + video.score() + " of 5, cause " + video.cause() + ", side " + video.side();
    }
}
