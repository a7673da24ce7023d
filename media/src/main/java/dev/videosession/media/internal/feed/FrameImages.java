package dev.videosession.media.internal.feed;

import dev.videosession.media.feed.VideoFrame;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.nio.ByteBuffer;

/** Pictures out of frames in plain Java; for snapshots, not for thirty times a second. */
final class FrameImages {
    private FrameImages() {}

    static BufferedImage upright(VideoFrame frame) {
        BufferedImage flat = convert(frame);
        int rotation = frame.rotation();
        if (rotation == 0) {
            return flat;
        }
        boolean turned = rotation % 180 != 0;
        int width = turned ? flat.getHeight() : flat.getWidth();
        int height = turned ? flat.getWidth() : flat.getHeight();
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = image.createGraphics();
        g.translate(width / 2.0, height / 2.0);
        g.rotate(Math.toRadians(rotation));
        g.translate(-flat.getWidth() / 2.0, -flat.getHeight() / 2.0);
        g.drawImage(flat, 0, 0, null);
        g.dispose();
        return image;
    }

    private static BufferedImage convert(VideoFrame frame) {
        int width = frame.width();
        int height = frame.height();
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        int[] pixels = ((DataBufferInt) image.getRaster().getDataBuffer()).getData();
        ByteBuffer luma = frame.planeY();
        ByteBuffer blue = frame.planeU();
        ByteBuffer red = frame.planeV();
        for (int y = 0; y < height; y++) {
            int lumaRow = y * frame.strideY();
            int blueRow = (y / 2) * frame.strideU();
            int redRow = (y / 2) * frame.strideV();
            for (int x = 0; x < width; x++) {
                int c = 298 * ((luma.get(lumaRow + x) & 0xFF) - 16) + 128;
                int d = (blue.get(blueRow + x / 2) & 0xFF) - 128;
                int e = (red.get(redRow + x / 2) & 0xFF) - 128;
                int r = clamp((c + 409 * e) >> 8);
                int g = clamp((c - 100 * d - 208 * e) >> 8);
                int b = clamp((c + 516 * d) >> 8);
                pixels[y * width + x] = r << 16 | g << 8 | b;
            }
        }
        return image;
    }

    private static int clamp(int value) {
        return Math.max(0, Math.min(255, value));
    }
}
