package dev.videosession.app.server.config;

import dev.videosession.server.file.SecretFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The options of a server by their names ({@code port}, {@code api-key}, ...): from the command line, else from an
 * environment variable ({@code VIDEOSESSION_API_KEY}), else from a file of properties ({@code api-key=...}). Error
 * messages name an option as it was given: {@code --port}, {@code VIDEOSESSION_PORT} or {@code FILE: port}.
 */
public final class Settings {
    private static final String PREFIX = "VIDEOSESSION_";
    private static final Pattern COMMA = Pattern.compile(",");

    private final Map<String, String> given;
    private final UnaryOperator<@Nullable String> environment;
    private final @Nullable ConfigFile file;

    /**
     * Reads the configuration file, if one is named.
     *
     * @param given the options of the command line by name
     * @param environment returns an environment variable, or null
     * @param known the names that the configuration file may contain
     * @throws IOException if the file cannot be read; the message names it
     * @throws IllegalArgumentException if the file is not a properties file or has an unknown key; the message names both
     */
    public Settings(Map<String, String> given, UnaryOperator<@Nullable String> environment, Set<String> known)
            throws IOException {
        this.given = Map.copyOf(given);
        this.environment = environment;
        String path = direct("config");
        this.file = path == null ? null : new ConfigFile(Path.of(path), known);
    }

    /** {@return the value of an option, or null if it is not set} */
    public @Nullable String find(String name) {
        String value = direct(name);
        if (value == null && file != null) {
            value = file.find(name);
        }
        return value == null || value.isBlank() ? null : value.strip();
    }

    private @Nullable String direct(String name) {
        String value = given.get(name);
        return value == null ? environment.apply(variable(name)) : value;
    }

    private static String variable(String name) {
        return PREFIX + name.replace('-', '_').toUpperCase(Locale.ROOT);
    }

    /** {@return how the user gave an option, for error messages} */
    public String source(String name) {
        if (given.containsKey(name)) {
            return "--" + name;
        }
        if (environment.apply(variable(name)) != null) {
            return variable(name);
        }
        return file != null && file.find(name) != null ? file.path() + ": " + name : "--" + name;
    }

    /** {@return the value of an option, or a default if it is not set} */
    public String find(String name, String otherwise) {
        String value = find(name);
        return value == null ? otherwise : value;
    }

    /** {@return the value of an option as a whole number, or a default if it is not set} */
    public int number(String name, int otherwise) {
        String value = find(name);
        return value == null ? otherwise : parse(source(name), value);
    }

    /** {@return the parts of an option that are separated by commas; empty if it is not set} */
    public List<String> list(String name) {
        String value = find(name);
        return value == null ? List.of() : split(value);
    }

    /**
     * Returns a secret, given by itself or by the name of a file that holds nothing else.
     *
     * @param name {@code N}; the file is the option {@code N-file}
     * @return the secret, or null if neither is set
     * @throws IOException if the file cannot be read; the message names it
     * @throws IllegalArgumentException if both are set
     */
    public @Nullable String secret(String name) throws IOException {
        String direct = find(name);
        String path = find(name + "-file");
        if (path == null) {
            return direct;
        }
        if (direct != null) {
            throw new IllegalArgumentException(
                    source(name) + " and " + source(name + "-file") + " are both given: give one of them");
        }
        return SecretFile.read(Path.of(path));
    }

    /**
     * {@return further projects of the file by key, with their secrets: {@code project.KEY=SECRET[,OLD SECRET ...]}, or
     * {@code project.KEY.secrets}}
     */
    public Map<Integer, List<String>> projects() {
        Map<Integer, List<String>> projects = new LinkedHashMap<>();
        if (file != null) {
            file.projects()
                    .forEach((key, secrets) ->
                            projects.put(parse(file.path() + ": project." + key + ": the key", key), split(secrets)));
        }
        return projects;
    }

    /**
     * Applies options, so that what is refused names them.
     *
     * @param action applies them
     * @param names of the options
     * @return what the action returns
     * @throws IllegalArgumentException if the action throws one; the message begins with those options that were given
     */
    public <T> T applying(Supplier<T> action, String... names) {
        try {
            return action.get();
        } catch (IllegalArgumentException e) {
            String sources = Arrays.stream(names)
                    .filter(name -> find(name) != null)
                    .map(this::source)
                    .collect(Collectors.joining(", "));
            throw new IllegalArgumentException(sources + ": " + e.getMessage(), e);
        }
    }

    private static List<String> split(String value) {
        return COMMA.splitAsStream(value)
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .toList();
    }

    private static int parse(String source, String value) {
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(source + " must be a whole number, was " + value, e);
        }
    }
}
