package dev.videosession.app.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.server.settings.ServerLimits;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table of limits in docs/OPERATIONS.md has a row for each method of the builder, and every default. */
class LimitsDocumentTest {
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(\\w+)`[^|]*\\|([^|]*)\\|");
    private static final Pattern SECTION = Pattern.compile("(?s)\n## Limits\n.*?\n## ");

    @Test
    void rowsAreTheMethodsAndDefaultsOfTheBuilder() throws Exception {
        Set<String> methods = Arrays.stream(ServerLimits.Builder.class.getMethods())
                .filter(method -> method.getReturnType() == ServerLimits.Builder.class)
                .map(Method::getName)
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> rows = ROW.matcher(section())
                .results()
                .map(row -> row.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(rows).isEqualTo(methods);
        ServerLimits limits = ServerLimits.builder().build();
        RecordComponent[] components = ServerLimits.class.getRecordComponents();
        Set<String> names =
                Arrays.stream(components).map(RecordComponent::getName).collect(Collectors.toSet());
        for (RecordComponent limit : components) {
            int value = (int) limit.getAccessor().invoke(limits);
            assertThat(defaults(limit.getName(), names, rows))
                    .as(limit.getName())
                    .matches(shown(value));
        }
    }

    /**
     * Returns the defaults in the row of a limit, or in the rows of the method that sets it together with others:
     * {@code entryRate} sets {@code entriesPerSecond}.
     */
    private static String defaults(String limit, Set<String> limits, Set<String> rows) throws IOException {
        return ROW.matcher(section())
                .results()
                .filter(row -> rows.contains(limit)
                        ? row.group(1).equals(limit)
                        : !limits.contains(row.group(1)) && row.group(1).startsWith(limit.substring(0, 4)))
                .map(row -> row.group(2))
                .collect(Collectors.joining("\n"));
    }

    /** {@return what matches a number as the document writes it: 16 KiB, 4 MiB, 25 %, 3000} */
    private static Pattern shown(int value) {
        Stream<String> forms = Stream.of(
                Integer.toString(value),
                value % 1024 == 0 ? value / 1024 + " KiB" : "",
                value % (1024 * 1024) == 0 ? value / (1024 * 1024) + " MiB" : "");
        return Pattern.compile(
                "(?s).*\\b(?:" + forms.filter(form -> !form.isEmpty()).collect(Collectors.joining("|")) + ")\\b.*");
    }

    private static String section() throws IOException {
        return SECTION.matcher(Files.readString(Path.of("..", "docs", "OPERATIONS.md")))
                .results()
                .findFirst()
                .orElseThrow()
                .group();
    }
}
