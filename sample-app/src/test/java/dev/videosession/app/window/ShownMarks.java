package dev.videosession.app.window;

import static org.awaitility.Awaitility.await;

import java.awt.Color;
import java.awt.Rectangle;
import java.time.Duration;
import java.util.OptionalLong;

/** Finds the marks of a tile by the colours of their pixels on the screen. */
public final class ShownMarks {
    private static final Duration LIMIT = Duration.ofSeconds(15);
    private static final Color MUTED = new Color(0xD93A3F);
    private static final Color HAND = new Color(0xE0A100);
    private static final Color SPEAKING = new Color(0x35C46B);
    private static final Color REACTION = new Color(0xFFD75E);
    private static final Color PLACEHOLDER = new Color(0x1E2329);
    private static final Color WARNING = new Color(0xA0670F);

    /** Edge and diameter of a badge. */
    private static final int CORNER = 34;

    private static final int ENOUGH = 40;

    /** Thin lines. */
    private static final int FEW = 12;

    private final DrivenWindow window;

    public ShownMarks(DrivenWindow window) {
        this.window = window;
    }

    /** The mark of a participant without audio. */
    public void awaitMuted(String tile, boolean shown) {
        await("muted mark of " + tile).atMost(LIMIT).until(() -> has(top(tile, true), MUTED) == shown);
    }

    public void awaitHand(String tile, boolean shown) {
        await("hand on " + tile).atMost(LIMIT).until(() -> has(top(tile, false), HAND) == shown);
    }

    /** The border of a participant who speaks. */
    public void awaitSpeaking(String tile) {
        await("border of " + tile).atMost(LIMIT).until(() -> {
            Rectangle all = window.bounds(tile);
            return has(new Rectangle(all.x, all.y + CORNER, 2, all.height - 2 * CORNER), SPEAKING);
        });
    }

    /** The bars of a score, in one of their colours. */
    public void awaitQuality(String tile) {
        await("quality of " + tile).atMost(LIMIT).until(() -> {
            Rectangle right = top(tile, true);
            return count(right, SPEAKING) + count(right, HAND) + count(right, MUTED) >= FEW;
        });
    }

    public void awaitReaction(String tile) {
        await("reaction on " + tile)
                .atMost(LIMIT)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> {
                    Rectangle all = window.bounds(tile);
                    Rectangle corner =
                            new Rectangle(all.x + all.width / 2, all.y + all.height / 2, all.width / 2, all.height / 2);
                    return count(corner, REACTION) >= FEW;
                });
    }

    /** Initials instead of video. */
    public void awaitCameraOff(String tile) {
        await(tile + " without video").atMost(LIMIT).until(() -> {
            Rectangle all = window.bounds(tile);
            return count(all, PLACEHOLDER) > all.width * all.height / 4
                    && window.stamp(tile).equals(OptionalLong.empty());
        });
    }

    /** A banner in the colour of what does not work. */
    public void awaitWarning(String banner) {
        await("colour of " + banner).atMost(LIMIT).until(() -> {
            Rectangle all = window.bounds(banner);
            return count(all, WARNING) > all.width * all.height / 2;
        });
    }

    private Rectangle top(String tile, boolean right) {
        Rectangle all = window.bounds(tile);
        return right
                ? new Rectangle(all.x + all.width / 2, all.y, all.width / 2, CORNER)
                : new Rectangle(all.x, all.y, CORNER, CORNER);
    }

    private boolean has(Rectangle part, Color color) {
        return count(part, color) >= ENOUGH;
    }

    private long count(Rectangle part, Color color) {
        return Pixels.count(window.shot(), part, color);
    }
}
