package dev.videosession.app.control;

import java.awt.event.KeyEvent;

/**
 * Recognizes presses that the system repeats while a key is held: X11 reports pairs of release and press at the same time, other
 * systems presses without a release. For the Swing thread.
 */
final class KeyRepeat {
    /** More than between the release and the press of a repetition, less than any finger needs. */
    private static final long PAIR_MILLIS = 2;
    /**
     * More than any system waits before the first repetition. A release may go to another program, so a key does not stay down for ever.
     */
    private static final long LONGEST_DELAY_MILLIS = 1100;

    private int down = KeyEvent.VK_UNDEFINED;
    private long downAt;
    private int up = KeyEvent.VK_UNDEFINED;
    private long upAt;

    /**
     * Takes the next key event, of whatever key.
     *
     * @param event any
     * @return whether it is a press that was repeated by the system
     */
    boolean repeats(KeyEvent event) {
        int code = event.getKeyCode();
        long now = event.getWhen();
        if (event.getID() == KeyEvent.KEY_RELEASED) {
            up = code;
            upAt = now;
            down = KeyEvent.VK_UNDEFINED;
        }
        if (event.getID() != KeyEvent.KEY_PRESSED) {
            return false;
        }
        boolean held = code == down && now - downAt <= LONGEST_DELAY_MILLIS;
        boolean pair = code == up && now - upAt <= PAIR_MILLIS;
        down = code;
        downAt = now;
        return held || pair;
    }
}
