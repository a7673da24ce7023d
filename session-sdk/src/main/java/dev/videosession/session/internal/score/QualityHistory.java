package dev.videosession.session.internal.score;

import dev.videosession.session.QualitySample;
import dev.videosession.session.QualityScore;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;

/** The last five minutes of a path, one sample a second. May be used from any thread. */
public final class QualityHistory {
    private static final int MOST_SAMPLES = 300;

    private final ArrayDeque<QualitySample> samples = new ArrayDeque<>();

    synchronized void add(QualitySample sample) {
        if (samples.size() == MOST_SAMPLES) {
            samples.removeFirst();
        }
        samples.addLast(sample);
    }

    /** {@return the samples, the oldest first} */
    public synchronized List<QualitySample> samples() {
        return List.copyOf(samples);
    }

    /** {@return the ratings after the last sample, if there is one} */
    public synchronized Optional<QualityScore> score() {
        return Optional.ofNullable(samples.peekLast()).map(QualitySample::score);
    }
}
