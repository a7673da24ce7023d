package dev.videosession.server.internal.quality;

import dev.videosession.protocol.Dimensions;
import dev.videosession.protocol.message.Subscription;
import dev.videosession.server.internal.router.Layers;
import org.jspecify.annotations.Nullable;

/** Which layers of a stream serve a subscription. Each encoding has half the width and height of the next larger one. */
public final class LayerChoice {
    /** Frame rate of a published video; its temporal layers have a quarter, a half and all of it. */
    private static final int FULL_RATE = 30;

    private LayerChoice() {}

    /**
     * Chooses the smallest encoding that is at least as large as the preferred size, and the lowest frame rate that is at least the
     * preferred one.
     *
     * @param wanted what the subscriber wants
     * @param published size of the largest encoding, or null if it is not known
     * @param encodings how many encodings the publisher sends, at least 1
     * @return the layers
     */
    public static Layers of(Subscription wanted, @Nullable Dimensions published, int encodings) {
        return new Layers(
                wanted.audio(),
                wanted.video(),
                spatial(wanted.preferredDimensions(), published, encodings),
                temporal(wanted.preferredFrameRate()));
    }

    private static int spatial(@Nullable Dimensions preferred, @Nullable Dimensions published, int encodings) {
        int largest = encodings == 1 ? Layers.MAX_SPATIAL : Math.min(encodings - 1, Layers.MAX_SPATIAL);
        if (preferred == null || published == null || encodings == 1) {
            return largest;
        }
        for (int layer = 0; layer < largest; layer++) {
            int divisor = 1 << (largest - layer);
            if (published.width() / divisor >= preferred.width()
                    && published.height() / divisor >= preferred.height()) {
                return layer;
            }
        }
        return largest;
    }

    private static int temporal(@Nullable Integer preferred) {
        if (preferred == null || preferred > FULL_RATE / 2) {
            return Layers.MAX_TEMPORAL;
        }
        return preferred > FULL_RATE / 4 ? 1 : 0;
    }
}
