package dev.videosession.media;

import dev.videosession.media.feed.VideoFrame;
import java.nio.ByteBuffer;

/** A frame of an application's own class, which may claim any rotation. */
public record RotatedFrame(VideoFrame planes, int rotation) implements VideoFrame {
    @Override
    public int width() {
        return planes.width();
    }

    @Override
    public int height() {
        return planes.height();
    }

    @Override
    public long timestampNanos() {
        return planes.timestampNanos();
    }

    @Override
    public ByteBuffer planeY() {
        return planes.planeY();
    }

    @Override
    public ByteBuffer planeU() {
        return planes.planeU();
    }

    @Override
    public ByteBuffer planeV() {
        return planes.planeV();
    }

    @Override
    public int strideY() {
        return planes.strideY();
    }

    @Override
    public int strideU() {
        return planes.strideU();
    }

    @Override
    public int strideV() {
        return planes.strideV();
    }

    @Override
    public void retain() {
        planes.retain();
    }

    @Override
    public void release() {
        planes.release();
    }
}
