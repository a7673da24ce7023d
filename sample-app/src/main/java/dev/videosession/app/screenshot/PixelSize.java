package dev.videosession.app.screenshot;

/**
 * The size of a window.
 *
 * @param width in pixels
 * @param height in pixels
 */
record PixelSize(int width, int height) {}
