package dev.videosession.app.document;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The comparison with OpenTok's client API has an answer for every member, and every name in an answer exists. */
class ClientDocumentTest {
    private static final Path DOCUMENT = Path.of("..", "docs", "OPENTOK_CLIENT.md");
    private static final Pattern CODE = Pattern.compile("`(?:Session\\.|[A-Za-z]+\\.)*([A-Za-z]+)(?:\\([^`]*)?`");

    /** Rows without an answer: the heads of tables, and the errors, which {@link ErrorCatalogueTest} checks. */
    private static final Pattern HEADER_OR_ERROR =
            Pattern.compile("\\| (?:OpenTok|Android|answer|\\*.*|code|[0-9]+) \\|");

    private static final Pattern ANSWER = Pattern.compile("(same|use|see|not supported|never)\\b.*");

    private final Set<String> names = new ClassFileImporter()
            .importPackages("dev.videosession.session", "dev.videosession.media", "dev.videosession.protocol").stream()
                    .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
                    .flatMap(ClientDocumentTest::publicNames)
                    .collect(Collectors.toSet());

    private static Stream<String> publicNames(JavaClass type) {
        return Stream.concat(
                Stream.of(type.getSimpleName()),
                type.getMembers().stream()
                        .filter(member -> member.getModifiers().contains(JavaModifier.PUBLIC))
                        .map(JavaMember::getName)
                        .flatMap(name -> name.startsWith("on") && name.length() > 2
                                ? Stream.of(name, Character.toLowerCase(name.charAt(2)) + name.substring(3))
                                : Stream.of(name)));
    }

    @Test
    void everyMemberHasAnAnswerAndEveryNameInItExists() throws IOException {
        List<String[]> rows = Files.readAllLines(DOCUMENT).stream()
                .filter(line ->
                        line.startsWith("| ") && !HEADER_OR_ERROR.matcher(line).lookingAt())
                .map(line -> line.substring(2, line.length() - 2).split(" \\| ", 2))
                .toList();
        assertThat(rows).hasSizeGreaterThan(100);
        for (String[] row : rows) {
            String whole = String.join(" | ", row);
            assertThat(row).as(whole).hasSize(2);
            assertThat(row[1]).as(whole).matches(ANSWER);
            assertThat(named(row[1])).as(whole).allMatch(names::contains);
        }
    }

    /** The names of this SDK in an answer. */
    private static List<String> named(String answer) {
        String present = answer.split("not supported|see `", 2)[0];
        return CODE.matcher(present)
                .results()
                .map((MatchResult match) -> match.group(1))
                .filter(name -> !name.isEmpty())
                .toList();
    }
}
