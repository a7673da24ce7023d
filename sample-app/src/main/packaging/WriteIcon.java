import dev.videosession.app.look.AppIcon;
import java.awt.image.RenderedImage;
import java.io.File;
import java.io.IOException;
import java.util.List;
import javax.imageio.ImageIO;

/** Writes the largest icon of the programs to the PNG file that the argument names. */
final class WriteIcon {
    public static void main(String[] arguments) throws IOException {
        List<?> images = AppIcon.images();
        ImageIO.write((RenderedImage) images.get(images.size() - 1), "png", new File(arguments[0]));
    }
}
