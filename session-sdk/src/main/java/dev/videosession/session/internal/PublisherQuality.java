package dev.videosession.session.internal;

import dev.videosession.protocol.ConnectionId;
import dev.videosession.session.QualitySample;
import dev.videosession.session.QualityScore;
import dev.videosession.session.internal.score.QualityHistory;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The measurements of a publisher's paths, as long as each is open. May be used from any thread. */
final class PublisherQuality {
    private final Map<ConnectionId, QualityHistory> paths = new ConcurrentHashMap<>();

    QualityHistory open(ConnectionId subscriber) {
        QualityHistory opened = new QualityHistory();
        paths.put(subscriber, opened);
        return opened;
    }

    void close(ConnectionId subscriber, QualityHistory history) {
        paths.remove(subscriber, history);
    }

    Map<ConnectionId, QualityScore> scores() {
        Map<ConnectionId, QualityScore> scores = new HashMap<>();
        paths.forEach((subscriber, history) -> history.score().ifPresent(score -> scores.put(subscriber, score)));
        return scores;
    }

    Map<ConnectionId, List<QualitySample>> samples() {
        Map<ConnectionId, List<QualitySample>> samples = new HashMap<>();
        paths.forEach((subscriber, history) -> samples.put(subscriber, history.samples()));
        return samples;
    }
}
