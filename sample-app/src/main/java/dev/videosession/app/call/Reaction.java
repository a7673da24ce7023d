package dev.videosession.app.call;

import dev.videosession.app.look.Glyph;
import dev.videosession.app.text.Texts;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a participant can show for a few seconds on its tile. */
enum Reaction {
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

    Glyph glyph() {
        return glyph;
    }

    /** {@return the data of the signal} */
    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** {@return the word for it} */
    String word() {
        return Texts.of("reaction." + wireName());
    }

    static Optional<Reaction> of(@Nullable String wireName) {
        return Arrays.stream(values())
                .filter(each -> each.wireName().equals(wireName))
                .findFirst();
    }
}
