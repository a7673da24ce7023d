package dev.videosession.app.server.config;

import dev.videosession.server.file.SecretFile;
import dev.videosession.server.file.TextFile;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The file given with {@code --config}: properties whose keys are option names, and {@code project.KEY=SECRET} or
 * {@code project.KEY.secrets=SECRET}. A file with an unknown key is refused, so that a misspelt one does not go unnoticed.
 */
final class ConfigFile {
    private static final int MAX_BYTES = 1024 * 1024;
    private static final String PROJECT = "project.";
    private static final String SECRETS_OF_PROJECT = ".secrets";
    private static final Pattern PROPERTY_OF_PROJECTS_FILE =
            Pattern.compile("project\\.[^.]*\\.(?:webhook|application-id|public-key-files)");
    private static final List<String> SECRETS = List.of("api-secret", "turn-secret");

    private final Path path;
    private final Properties properties = new Properties();

    /**
     * Reads a file.
     *
     * @param known the option names that it may contain
     * @throws IOException if it cannot be read
     * @throws IllegalArgumentException if it is not a properties file or has an unknown key; the message names both
     */
    ConfigFile(Path path, Set<String> known) throws IOException {
        this.path = path;
        String text = TextFile.read(path, MAX_BYTES);
        try {
            properties.load(new StringReader(text));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(path + " is not a properties file: " + e.getMessage(), e);
        }
        for (String key : new TreeSet<>(properties.stringPropertyNames())) {
            if (PROPERTY_OF_PROJECTS_FILE.matcher(key).matches()) {
                throw new IllegalArgumentException(
                        path + ": " + key + " belongs in the file of --projects, with all properties of its project");
            }
            if (!known.contains(key) && !key.startsWith(PROJECT)) {
                throw new IllegalArgumentException(path + ": unknown key " + key + nearest(key, known));
            }
        }
        if (properties.stringPropertyNames().stream().anyMatch(ConfigFile::isSecret)) {
            SecretFile.warnIfExposed(path);
        }
    }

    private static boolean isSecret(String key) {
        return SECRETS.contains(key) || key.startsWith(PROJECT);
    }

    Path path() {
        return path;
    }

    @Nullable
    String find(String name) {
        return properties.getProperty(name);
    }

    /** Returns the values of {@code project.KEY} by what stands for KEY. */
    Map<String, String> projects() {
        Map<String, String> projects = new LinkedHashMap<>();
        for (String name : new TreeSet<>(properties.stringPropertyNames())) {
            if (name.startsWith(PROJECT)) {
                String key = name.endsWith(SECRETS_OF_PROJECT)
                        ? name.substring(PROJECT.length(), name.length() - SECRETS_OF_PROJECT.length())
                        : name.substring(PROJECT.length());
                if (projects.put(key, properties.getProperty(name)) != null) {
                    throw new IllegalArgumentException(
                            path + ": project." + key + " and " + name + " are both set: set one of them");
                }
            }
        }
        return projects;
    }

    private static String nearest(String key, Set<String> known) {
        return known.stream()
                .min(Comparator.<String>comparingInt(name -> distance(key, name))
                        .thenComparing(Comparator.naturalOrder()))
                .map(name -> "; the nearest known key is " + name)
                .orElse("");
    }

    /** How many characters must be inserted, removed or replaced to make one text of the other. */
    static int distance(String from, String to) {
        int[] previous = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int[] current = new int[to.length() + 1];
            current[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int replaced = previous[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(replaced, Math.min(previous[j], current[j - 1]) + 1);
            }
            previous = current;
        }
        return previous[to.length()];
    }
}
