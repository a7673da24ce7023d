package dev.videosession.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.app.Main;
import dev.videosession.app.process.Child;
import dev.videosession.app.window.Pixels;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoIT {
    @TempDir
    private Path directory;

    @Test
    void checksHoldWithinAMinuteAndViewsAreWritten() throws Exception {
        try (Child demo = Child.java(
                "demo", directory, Map.of(), List.of("-Djava.awt.headless=true", Main.class.getName(), "demo"))) {
            int exitCode = demo.exitCode(Duration.ofSeconds(60));
            assertThat(exitCode).as(String.join("\n", demo.lines())).isZero();
            assertThat(demo.lines())
                    .anyMatch(line -> line.contains("a routed session"))
                    .contains("  ok    Ada sends 1 upload for 2 viewers")
                    .last()
                    .isEqualTo("everything held");
        }
        for (String name : List.of("ada", "ben", "cleo")) {
            assertThat(colours(name + "-1-together.png")).isGreaterThan(500);
        }
        assertThat(colours("ada-2-after-removal.png")).isGreaterThan(500);
        assertThat(colours("cleo-2-after-removal.png")).isLessThan(500);
    }

    private long colours(String picture) throws Exception {
        BufferedImage image =
                ImageIO.read(directory.resolve("target/demo").resolve(picture).toFile());
        return Pixels.colours(image, new Rectangle(0, 0, image.getWidth(), image.getHeight()));
    }
}
