package dev.videosession.app.call.screen;

import dev.videosession.app.look.Glyph;
import dev.videosession.app.text.Texts;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A reaction that a participant shows on its tile for a few seconds. */
public enum Reaction {
    /** Agreement. */
    THUMB_UP(Glyph.THUMB_UP),
    /** Love. */
    HEART(Glyph.HEART),
    /** Amusement. */
    SMILE(Glyph.SMILE),
    /** Applause. */
    STAR(Glyph.STAR),
    /** Doubt. */
    QUESTION(Glyph.QUESTION);

    private final Glyph glyph;

    Reaction(Glyph glyph) {
        this.glyph = glyph;
    }

    /** {@return the icon} */
    public Glyph glyph() {
        return glyph;
    }

    /** {@return the data of the signal} */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** {@return the word for it} */
    String word() {
        return Texts.of("reaction." + wireName());
    }

    /**
     * Finds a reaction by the data of its signal.
     *
     * @param wireName the data; null for a signal without data
     * @return the reaction, or empty if this version knows none of that name
     */
    public static Optional<Reaction> of(@Nullable String wireName) {
        return Arrays.stream(values())
                .filter(each -> each.wireName().equals(wireName))
                .findFirst();
    }
}
