package dev.videosession.session.internal.speaker;

import dev.videosession.session.Stream;

/** Whether the audio of one stream is speech that goes on, rather than a click or a pause between two words. */
final class VoiceActivity {
    /** A level from which audio counts as speech, -30 dB of full scale. */
    private static final double LOUD = 0.03;

    /** A level below which audio counts as silence. Between the two nothing changes. */
    private static final double QUIET = 0.015;

    /** The level of a click takes up to 250 ms to fall off. */
    private static final long START_MILLIS = 300;

    /** Longer than a pause between two words. */
    private static final long STOP_MILLIS = 350;

    private static final double SMOOTHING_MILLIS = 200;

    private final Stream stream;
    private final boolean own;
    private final long order;
    private double smoothed;
    private long loudMillis;
    private long quietMillis;
    private boolean speaking;
    private long startedMillis;

    VoiceActivity(Voice voice, long order) {
        this.stream = voice.stream();
        this.own = voice.own();
        this.order = order;
    }

    void sample(long nowMillis, long elapsedMillis, double level) {
        smoothed += (level - smoothed) * (1 - Math.exp(-elapsedMillis / SMOOTHING_MILLIS));
        if (level >= LOUD) {
            loudMillis = Math.min(START_MILLIS, loudMillis + elapsedMillis);
            quietMillis = 0;
        } else {
            loudMillis = Math.max(0, loudMillis - elapsedMillis);
            quietMillis = level < QUIET ? quietMillis + elapsedMillis : 0;
        }
        if (!speaking && loudMillis >= START_MILLIS) {
            speaking = true;
            startedMillis = nowMillis;
        } else if (speaking && quietMillis >= STOP_MILLIS) {
            speaking = false;
            loudMillis = 0;
        }
    }

    Stream stream() {
        return stream;
    }

    boolean isOwn() {
        return own;
    }

    boolean isSpeaking() {
        return speaking;
    }

    /** {@return when it began to speak; meaningful while it speaks} */
    long startedMillis() {
        return startedMillis;
    }

    /** {@return the position among the streams, for those that began to speak at the same time} */
    long order() {
        return order;
    }

    /** {@return the level over the last tenths of a second, 0 to 1} */
    double smoothed() {
        return smoothed;
    }
}
