package dev.videosession.session.internal.score;

import dev.videosession.session.QualityCause;
import dev.videosession.session.QualityRating;

/**
 * A score and what lowers it.
 *
 * @param score 1 to 5
 * @param cause NONE only with 5
 */
record Finding(int score, QualityCause cause) {
    static final Finding NOTHING = new Finding(QualityRating.BEST, QualityCause.NONE);

    static Finding of(int score, QualityCause cause) {
        return score >= QualityRating.BEST ? NOTHING : new Finding(score, cause);
    }

    /** {@return the one with the lower score; this one if they are equal} */
    Finding or(Finding other) {
        return other.score < score ? other : this;
    }
}
