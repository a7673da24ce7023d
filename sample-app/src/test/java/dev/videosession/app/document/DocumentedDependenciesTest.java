package dev.videosession.app.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Dependencies and plugins in the documents name a module of the project, webrtc-java or a plugin, in the version of the POM. */
class DocumentedDependenciesTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern MAVEN = Pattern.compile(
            "<groupId>([^<]+)</groupId>\\s+<artifactId>([^<]+)</artifactId>\\s+<version>([^<]+)</version>");
    private static final Pattern GRADLE = Pattern.compile("\"([a-z.]+):([a-z-]+):([^:\"]+)(?::[^\"]+)?\"");

    @Test
    void versionsAreThoseOfThePom() throws IOException {
        String pom = Files.readString(ROOT.resolve("pom.xml"));
        String project = first(pom, "<artifactId>video-session-parent</artifactId>\\s+<version>([^<]+)<");
        String webrtc = first(pom, "<webrtc[a-z.-]*version>([^<]+)<");
        List<MatchResult> dependencies = Document.all().stream()
                .flatMap(document -> Stream.of(MAVEN, GRADLE)
                        .flatMap(pattern -> pattern.matcher(document.text()).results()))
                .filter(dependency -> !dependency.group(1).equals("org.example"))
                .toList();
        assertThat(dependencies).hasSizeGreaterThan(3);
        for (MatchResult dependency : dependencies) {
            boolean own = dependency.group(1).equals("dev.videosession");
            if (dependency.group(1).equals("org.apache.maven.plugins")) {
                String plugin = dependency.group().replaceAll("\\s", "").replaceFirst("^<groupId>.*?</groupId>", "");
                assertThat(pom.replaceAll("\\s", "")).contains(plugin);
                continue;
            }
            assertThat(dependency.group(3)).as(dependency.group()).isEqualTo(own ? project : webrtc);
            if (own) {
                assertThat(ROOT.resolve(dependency.group(2)).resolve("pom.xml"))
                        .as(dependency.group())
                        .exists();
            } else {
                assertThat(dependency.group(2)).isEqualTo("webrtc-java");
            }
        }
    }

    @Test
    void everyBlockNamesADependency() throws IOException {
        assertThat(Document.blocks("xml"))
                .isNotEmpty()
                .allMatch(block -> MAVEN.matcher(block.text()).find());
        assertThat(Document.blocks("kotlin"))
                .isNotEmpty()
                .allMatch(block -> GRADLE.matcher(block.text()).find());
    }

    private static String first(String text, String pattern) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .findFirst()
                .orElseThrow()
                .group(1);
    }
}
