package dev.videosession.media.fx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import javafx.scene.image.Image;
import javafx.scene.image.PixelBuffer;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;

/** A JavaFX image and the memory that it is drawn from, into which frames are converted. */
final class FxImage {
    private final int width;
    private final int height;
    private final ByteBuffer bytes;
    private final PixelBuffer<IntBuffer> pixels;
    private final Image image;

    FxImage(int width, int height) {
        this.width = width;
        this.height = height;
        bytes = ByteBuffer.allocateDirect(Math.multiplyExact(Integer.BYTES * width, height))
                .order(ByteOrder.LITTLE_ENDIAN);
        // Ints rather than bytes: without a GPU, JavaFX copies ints in one go and bytes one by one.
        pixels = new PixelBuffer<>(width, height, bytes.asIntBuffer(), PixelFormat.getIntArgbPreInstance());
        image = new WritableImage(pixels);
    }

    boolean hasSize(int otherWidth, int otherHeight) {
        return width == otherWidth && height == otherHeight;
    }

    /** {@return the memory of the pixels: blue, green, red, 255} */
    ByteBuffer bytes() {
        return bytes;
    }

    Image image() {
        return image;
    }

    /** Makes JavaFX read all pixels again. For the JavaFX application thread. */
    void update() {
        pixels.updateBuffer(changed -> null);
    }
}
