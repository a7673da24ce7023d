package dev.videosession.app.server;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import dev.videosession.app.logging.LogSettings;
import dev.videosession.server.SignalingServerBuilder;
import dev.videosession.server.settings.ServerLimits;
import dev.videosession.server.settings.TlsFiles;
import dev.videosession.server.token.ClientToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The table of options in docs/OPTIONS.md is written from their declarations: {@code -Ddocs.update} writes it. */
class OptionsDocumentTest {
    private static final Path DOCUMENT = Path.of("..", "docs", "OPTIONS.md");
    private static final Pattern TABLE = Pattern.compile("(?s)(?<=<!-- options -->\n).*?(?=<!-- end -->)");

    /** The default stands in parentheses at the end of a sentence or clause. */
    private static final Pattern DEFAULT = Pattern.compile(" \\(([^()]*)\\)(?=[.;])");

    /** Paths, options, URLs and values in a description, which the document shows in code type. */
    private static final Pattern CODE =
            Pattern.compile("(?<= |^)(?:/[a-z]+|--[a-z-]+|[a-z-]+://(?:[^ ,]*[^ ,.])?|janus|json)(?=\\W|$)");

    private static final Map<String, OptionSpec> OPTIONS =
            CommandSpec.forAnnotatedObject(new ServerCommand()).options().stream()
                    .filter(option -> !option.usageHelp() && !option.versionHelp())
                    .collect(Collectors.toMap(
                            option -> option.longestName().substring(2), option -> option, (a, b) -> a, TreeMap::new));

    @Test
    void tableIsTheDeclarations() throws IOException {
        String text = Files.readString(DOCUMENT);
        String written = TABLE.matcher(text).replaceFirst(Matcher.quoteReplacement(table()));
        if (System.getProperty("docs.update") != null) {
            Files.writeString(DOCUMENT, written);
        }
        assertThat(Files.readString(DOCUMENT))
                .as("write the table with -Ddocs.update")
                .isEqualTo(written)
                .contains("| `--heartbeat MILLIS` | `heartbeat` | `VIDEOSESSION_HEARTBEAT` | 3000 |");
    }

    @Test
    void defaultsAreThoseOfTheCode() {
        LogSettings log = LogSettings.standardError(Level.INFO);
        ServerLimits limits = ServerLimits.builder().build();
        Map<String, String> defaults = Map.ofEntries(
                Map.entry("port", text(ServerFactory.DEFAULT_PORT)),
                Map.entry("turn-lifetime", text(ServerFactory.DEFAULT_TURN_SECONDS)),
                Map.entry("heartbeat", text(SignalingServerBuilder.DEFAULT_TIMINGS.heartbeatMillis())),
                Map.entry("silence", text(SignalingServerBuilder.DEFAULT_TIMINGS.silenceMillis())),
                Map.entry("resume-window", text(SignalingServerBuilder.DEFAULT_TIMINGS.resumeWindowMillis())),
                Map.entry("max-token-life", text(ClientToken.MAX_LIFETIME.toSeconds()) + ", 30 days"),
                Map.entry("tls-expiry-warning", text(TlsFiles.DEFAULT_WARNING.toDays())),
                Map.entry("log-level", log.level().toString().toLowerCase(Locale.ROOT)),
                Map.entry("log-format", log.format().name().toLowerCase(Locale.ROOT)),
                Map.entry("log-files", text(log.files())),
                Map.entry("log-file-size", (log.fileBytes() >> 20) + "MB"),
                Map.entry(
                        "router-share",
                        "%1$d,%2$d; %1$d,100 if the server has one project"
                                .formatted(limits.routerPercentPerToken(), limits.routerPercentPerProject())));
        defaults.forEach((name, value) -> {
            Matcher parts = DEFAULT.matcher(description(OPTIONS.get(name)));
            assertThat(parts.find()).as(name).isTrue();
            assertThat(parts.group(1)).as(name).isEqualTo(value);
        });
    }

    private static String text(long number) {
        return Long.toString(number);
    }

    private static String table() {
        return """
                | option | key in the file | environment variable | default | meaning |
                |---|---|---|---|---|
                """
                + OPTIONS.entrySet().stream()
                        .map(option -> row(option.getKey(), option.getValue()))
                        .collect(Collectors.joining("\n", "", "\n"));
    }

    private static String row(String name, OptionSpec option) {
        boolean flag = option.arity().max() == 0;
        boolean commandLineOnly = flag || name.equals("config");
        Matcher parts = DEFAULT.matcher(description(option));
        return "| `--%s` | %s | %s | %s | %s |"
                .formatted(
                        flag ? name : name + " " + option.paramLabel(),
                        commandLineOnly ? "" : "`" + name + "`",
                        flag ? "" : "`VIDEOSESSION_" + name.replace('-', '_').toUpperCase(Locale.ROOT) + "`",
                        parts.find() ? parts.group(1) : "",
                        CODE.matcher(parts.replaceAll("")).replaceAll("`$0`"));
    }

    private static String description(OptionSpec option) {
        return String.join(" ", option.description());
    }
}
