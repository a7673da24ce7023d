package dev.videosession.app.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.squareup.moshi.Moshi;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The alert rules and the dashboard ask for metrics that the server has, in Prometheus' language. */
class MonitoringFilesTest {
    private static final Path DIRECTORY = Path.of("..", "docs", "monitoring");
    private static final Path PROMTOOL = Path.of("/usr/bin/promtool");
    private static final Pattern METER = Pattern.compile("\"(videosession(?:\\.[a-z]+)+)\"");
    private static final Pattern METRIC = Pattern.compile("\\bvideosession(?:_[a-z]+)+");

    /** What Prometheus names have in addition: of counters, and of what is measured in seconds. */
    private static final Pattern SUFFIX = Pattern.compile("_total$|_seconds(_bucket)?$");

    private static Set<String> meters() throws IOException {
        Set<String> names = new TreeSet<>();
        for (Path root : List.of(Path.of("src/main/java"), Path.of("..", "signaling-server", "src/main/java"))) {
            try (Stream<Path> files = Files.walk(root)) {
                files.filter(file -> file.toString().endsWith(".java"))
                        .flatMap(file -> METER.matcher(read(file)).results().map(found -> found.group(1)))
                        .map(name -> name.replace('.', '_'))
                        .forEach(names::add);
            }
        }
        return names;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"alerts.yml", "dashboard.json"})
    void metricsExist(String file) throws IOException {
        Set<String> metrics = METRIC.matcher(read(DIRECTORY.resolve(file)))
                .results()
                .map(found -> SUFFIX.matcher(found.group()).replaceFirst(""))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(metrics).hasSizeGreaterThan(10);
        assertThat(meters()).containsAll(metrics);
    }

    @Test
    void prometheusAcceptsTheAlertRules() throws Exception {
        check(DIRECTORY.resolve("alerts.yml"));
    }

    /** Grafana replaces variables first. */
    @Test
    void prometheusAcceptsTheExpressionsOfTheDashboard(@TempDir Path directory) throws Exception {
        List<String> expressions = new ArrayList<>();
        expressions(
                new Moshi.Builder().build().adapter(Object.class).fromJson(read(DIRECTORY.resolve("dashboard.json"))),
                expressions);
        assertThat(expressions).hasSizeGreaterThan(20);
        Path rules = directory.resolve("rules.yml");
        Files.writeString(
                rules,
                expressions.stream()
                        .map(each -> each.replace("$__rate_interval", "5m").replace("$job", "videosession"))
                        .map(each -> "      - record: panel\n        expr: '" + each + "'\n")
                        .distinct()
                        .collect(Collectors.joining("", "groups:\n  - name: dashboard\n    rules:\n", "")));
        check(rules);
    }

    private static void expressions(@Nullable Object json, List<String> found) {
        if (json instanceof List<?> list) {
            list.forEach(each -> expressions(each, found));
        } else if (json instanceof Map<?, ?> map) {
            if (map.get("expr") instanceof String expression) {
                found.add(expression);
            }
            map.values().forEach(each -> expressions(each, found));
        }
    }

    private static void check(Path rules) throws Exception {
        Process promtool = new ProcessBuilder("promtool", "check", "rules", rules.toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(promtool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(promtool.waitFor()).as(output).isZero();
    }

    /** The address in the guide is one of the admin port. */
    @Test
    void prometheusAcceptsTheRulesAndTheTargetOfTheGuide(@TempDir Path directory) throws Exception {
        String guide = read(Path.of("..", "docs", "guides", "install.md"));
        String scraping = guide.replaceFirst("(?s)^.*```yaml\n(scrape_configs:.*?)```.*$", "$1");
        assertThat(scraping).containsPattern("targets: \\[\"[0-9.]+:9090\"]");
        assumeTrue(Files.isExecutable(PROMTOOL), "promtool is not installed: apt-get install prometheus");

        Path file = Files.writeString(directory.resolve("prometheus.yml"), scraping);
        promtool("config", file);
        promtool("rules", DIRECTORY.resolve("alerts.yml"));
    }

    private static void promtool(String kind, Path file) throws Exception {
        Process check = new ProcessBuilder(PROMTOOL.toString(), "check", kind, file.toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(check.waitFor()).as(output).isZero();
    }
}
