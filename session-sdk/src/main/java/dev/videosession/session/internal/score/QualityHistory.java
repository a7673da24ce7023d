package dev.videosession.session.internal.score;

import dev.videosession.session.QualitySample;
import dev.videosession.session.QualityScore;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The ratings of a path, and its last five minutes, one sample a second. May be used from any thread. */
public final class QualityHistory {
    private static final int MOST_SAMPLES = 300;

    private final ArrayDeque<QualitySample> samples = new ArrayDeque<>();
    private @Nullable QualityScore score;

    /** Takes the ratings, and a sample if there is one. */
    synchronized void add(QualityScore ratings, @Nullable QualitySample sample) {
        score = ratings;
        if (sample == null) {
            return;
        }
        if (samples.size() == MOST_SAMPLES) {
            samples.removeFirst();
        }
        samples.addLast(sample);
    }

    /** {@return the samples, the oldest first} */
    public synchronized List<QualitySample> samples() {
        return List.copyOf(samples);
    }

    /** {@return the last ratings, if there are any} */
    public synchronized Optional<QualityScore> score() {
        return Optional.ofNullable(score);
    }
}
