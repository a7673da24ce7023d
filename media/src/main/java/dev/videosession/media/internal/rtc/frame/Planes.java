package dev.videosession.media.internal.rtc.frame;

import dev.videosession.media.feed.VideoFrame;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Copies planes of frames. */
public final class Planes {
    private Planes() {}

    /**
     * Fills a frame from the left upper corner of another one.
     *
     * @param from what to read
     * @param to what to write, not larger
     */
    static void copyPart(VideoFrame from, VideoFrame to) {
        int chromaWidth = (to.width() + 1) / 2;
        int chromaHeight = (to.height() + 1) / 2;
        copy(from.planeY(), from.strideY(), to.planeY(), to.strideY(), to.width(), to.height());
        copy(from.planeU(), from.strideU(), to.planeU(), to.strideU(), chromaWidth, chromaHeight);
        copy(from.planeV(), from.strideV(), to.planeV(), to.strideV(), chromaWidth, chromaHeight);
    }

    /**
     * Copies one plane.
     *
     * @param from read from position 0
     * @param fromStride bytes from row to row
     * @param to written from position 0
     * @param toStride bytes from row to row
     * @param width bytes of a row to copy
     * @param height rows
     */
    public static void copy(ByteBuffer from, int fromStride, ByteBuffer to, int toStride, int width, int height) {
        if (fromStride == toStride) {
            to.put(0, from, 0, fromStride * (height - 1) + width);
            return;
        }
        for (int row = 0; row < height; row++) {
            to.put(row * toStride, from, row * fromStride, width);
        }
    }

    /** Sets all bytes of a plane. */
    static void fill(ByteBuffer plane, byte value) {
        byte[] line = new byte[Math.min(4096, plane.capacity())];
        Arrays.fill(line, value);
        for (int at = 0; at < plane.capacity(); at += line.length) {
            plane.put(at, line, 0, Math.min(line.length, plane.capacity() - at));
        }
    }
}
