package dev.videosession.app.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.app.server.ServerCommand;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Model.CommandSpec;

/** The configuration file of an installed server names every option. */
class ConfigurationFileTest {
    private static final Path FILE = Path.of("src", "main", "distribution", "conf", "server.properties");

    /** Not in a file: the file itself, projects to try, help, and secrets, which have files of their own. */
    private static final Set<String> ELSEWHERE =
            Set.of("config", "dev", "help", "version", "api-secret", "turn-secret", "redis-secret");

    private static final Pattern COMMENTED = Pattern.compile("(?m)^# (?=[a-z-]+ = )");

    @Test
    void fileNamesEveryOptionAndNothingElse() throws IOException {
        Properties all = new Properties();
        all.load(new StringReader(COMMENTED.matcher(Files.readString(FILE)).replaceAll("")));

        Set<String> options = CommandSpec.forAnnotatedObject(new ServerCommand()).options().stream()
                .map(option -> option.longestName().replaceFirst("^--", ""))
                .filter(name -> !ELSEWHERE.contains(name))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(new TreeSet<>(all.stringPropertyNames())).isEqualTo(options);
    }

    @Test
    void onlyTheDirectoryForDataIsSet() throws IOException {
        Properties set = new Properties();
        set.load(new StringReader(Files.readString(FILE)));

        assertThat(set).containsOnlyKeys("data-dir");
    }
}
