package dev.videosession.app.server;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The options of a server by their names ({@code port}, {@code api-key}, ...): from the command line, else from an
 * environment variable ({@code VIDEOSESSION_API_KEY}), else from a file of properties ({@code api-key=...}).
 */
final class Settings {
    private static final String PREFIX = "VIDEOSESSION_";
    private static final String PROJECT = "project.";
    private static final Pattern COMMA = Pattern.compile(",");

    private final Map<String, String> given;
    private final UnaryOperator<@Nullable String> environment;
    private final Properties file;

    Settings(Map<String, String> given, UnaryOperator<@Nullable String> environment) throws IOException {
        this.given = Map.copyOf(given);
        this.environment = environment;
        this.file = new Properties();
        String path = find("config");
        if (path != null) {
            try (Reader reader = Files.newBufferedReader(Path.of(path), StandardCharsets.UTF_8)) {
                file.load(reader);
            } catch (IOException e) {
                throw new IOException("cannot read the configuration " + path, e);
            }
        }
    }

    /** Returns a setting, or null where nobody made it. */
    @Nullable
    String find(String name) {
        String value = given.get(name);
        if (value == null) {
            value = environment.apply(PREFIX + name.replace('-', '_').toUpperCase(Locale.ROOT));
        }
        if (value == null) {
            value = file.getProperty(name);
        }
        return value == null || value.isBlank() ? null : value.strip();
    }

    String find(String name, String otherwise) {
        String value = find(name);
        return value == null ? otherwise : value;
    }

    /** Returns a whole number. */
    int number(String name, int otherwise) {
        String value = find(name);
        return value == null ? otherwise : parse(name, value);
    }

    /** Returns what is separated by commas. */
    List<String> list(String name) {
        String value = find(name);
        return value == null ? List.of() : split(value);
    }

    /** Returns further projects of the file, {@code project.KEY=SECRET[,OLD SECRET ...]}. */
    Map<Integer, List<String>> projects() {
        Map<Integer, List<String>> projects = new LinkedHashMap<>();
        for (String name : file.stringPropertyNames()) {
            if (name.startsWith(PROJECT)) {
                projects.put(parse(name, name.substring(PROJECT.length())), split(file.getProperty(name)));
            }
        }
        return projects;
    }

    private static List<String> split(String value) {
        return COMMA.splitAsStream(value)
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .toList();
    }

    private static int parse(String name, String value) {
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + " must be a whole number, was " + value, e);
        }
    }
}
