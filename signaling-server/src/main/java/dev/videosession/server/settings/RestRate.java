package dev.videosession.server.settings;

/**
 * The rate of REST calls of one project. Calls beyond it get status 429.
 *
 * @param perSecond on the average, at least 1
 * @param burst calls at once after a pause, at least 1
 */
public record RestRate(int perSecond, int burst) {
    /** 500 calls a second, 1000 at once. */
    public static final RestRate DEFAULT = new RestRate(500, 1000);

    public RestRate {
        if (perSecond < 1 || burst < 1) {
            throw new IllegalArgumentException("a rate must be at least 1, was " + perSecond + ", burst " + burst);
        }
    }
}
