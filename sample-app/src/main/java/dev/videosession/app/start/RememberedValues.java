package dev.videosession.app.start;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Properties;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the user entered last: in a file {@code videosession/call.properties} where the operating system keeps settings. Never the
 * token. A file that cannot be read or written is logged and otherwise ignored.
 */
public final class RememberedValues {
    private static final Logger LOG = LoggerFactory.getLogger(RememberedValues.class);

    private final Path file;
    private final Properties values = new Properties();

    RememberedValues(Path file) {
        this.file = file;
        if (Files.isReadable(file)) {
            try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
                values.load(reader);
            } catch (IOException | IllegalArgumentException e) {
                LOG.warn("event=settingsNotRead file={} reason=\"{}\"", file, e.getMessage());
            }
        }
    }

    /** {@return the values of the user of this process} */
    public static RememberedValues open() {
        return new RememberedValues(directory(System.getProperty("os.name", ""), System::getenv)
                .resolve("videosession")
                .resolve("call.properties"));
    }

    private static Path directory(String system, UnaryOperator<@Nullable String> environment) {
        String name = system.toLowerCase(Locale.ROOT);
        Path home = Path.of(System.getProperty("user.home", "."));
        if (name.startsWith("windows")) {
            String roaming = environment.apply("APPDATA");
            return roaming == null ? home : Path.of(roaming);
        }
        if (name.startsWith("mac")) {
            return home.resolve("Library").resolve("Application Support");
        }
        String config = environment.apply("XDG_CONFIG_HOME");
        return config == null || config.isEmpty() ? home.resolve(".config") : Path.of(config);
    }

    /**
     * Looks up a value.
     *
     * @param key which one
     * @param otherwise if there is none
     * @return the value
     */
    public String get(String key, String otherwise) {
        return values.getProperty(key, otherwise);
    }

    /**
     * Sets a value; see {@link #save()}.
     *
     * @param key which one
     * @param value the value
     */
    public void put(String key, String value) {
        values.setProperty(key, value);
    }

    /** Writes the file. */
    public void save() {
        try {
            Path directory = file.getParent();
            if (directory != null) {
                Files.createDirectories(directory);
            }
            try (Writer writer = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
                values.store(writer, null);
            }
        } catch (IOException e) {
            LOG.warn("event=settingsNotWritten file={} reason=\"{}\"", file, e.getMessage());
        }
    }
}
