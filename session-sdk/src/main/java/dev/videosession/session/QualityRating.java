package dev.videosession.session;

/**
 * How well audio or video of one path gets through.
 *
 * @param score 5 (excellent), 4 (good), 3 (fair), 2 (poor) or 1 (bad), as OpenTok's {@code qualityScoreChanged} counts
 * @param cause what lowers it most; {@link QualityCause#NONE} for 5
 * @param side whose network or computer is the cause; {@link QualitySide#NONE} for 5
 */
public record QualityRating(int score, QualityCause cause, QualitySide side) {
    /** The highest score. */
    public static final int BEST = 5;

    /** The lowest score. */
    public static final int WORST = 1;

    /** Nothing lowers the quality. */
    public static final QualityRating EXCELLENT = new QualityRating(BEST, QualityCause.NONE, QualitySide.NONE);

    /**
     * Checks the score.
     *
     * @throws IllegalArgumentException if it is not 1 to 5
     */
    public QualityRating {
        if (score < WORST || score > BEST) {
            throw new IllegalArgumentException("A quality score is 1 to 5, not " + score + ".");
        }
    }
}
