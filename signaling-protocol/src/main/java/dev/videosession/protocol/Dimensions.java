package dev.videosession.protocol;

import dev.videosession.protocol.text.Text;

/**
 * Size of video.
 *
 * @param width in pixels, 1 to 16384
 * @param height in pixels, 1 to 16384
 */
public record Dimensions(int width, int height) {
    public Dimensions {
        Text.requireRange("width", width, 1, 16384);
        Text.requireRange("height", height, 1, 16384);
    }
}
