package dev.videosession.session.model;

import java.util.Random;

/** How the network of one client is. */
final class ModelConditions {
    private final Random random;
    boolean refuses;
    boolean upBlocked;
    boolean downBlocked;
    int maxDelayMillis;
    private int cutOfReturn;

    ModelConditions(Random random) {
        this.random = random;
    }

    long delayMillis() {
        return maxDelayMillis == 0 ? 0 : random.nextInt(maxDelayMillis + 1);
    }

    /** The socket of the next return breaks after so many messages. */
    void cutReturnAfter(int messages) {
        cutOfReturn = messages;
    }

    int takeCutOfReturn() {
        int messages = cutOfReturn;
        cutOfReturn = 0;
        return messages;
    }

    boolean isBlocked(boolean up) {
        return up ? upBlocked : downBlocked;
    }

    void heal() {
        refuses = false;
        upBlocked = false;
        downBlocked = false;
        cutOfReturn = 0;
        maxDelayMillis = 20;
    }

    @Override
    public String toString() {
        return (refuses ? "refuses " : "")
                + (upBlocked ? "upBlocked " : "")
                + (downBlocked ? "downBlocked " : "")
                + "delay<=" + maxDelayMillis;
    }
}
