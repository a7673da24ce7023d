package dev.videosession.app.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Classes and members that the documents name exist. A name is code type with an inner capital letter, or a participant of a diagram.
 * {@code OPENTOK_CLIENT.md} and the guide to clients, whose names are partly OpenTok's, are not read: the first has its own test.
 */
class DocumentedNamesTest {
    private static final Set<String> ELSEWHERE = Set.of("OPENTOK_CLIENT.md", "migrate-client.md", "CHANGELOG.md");

    /** Names of other programs and libraries. */
    private static final Set<String> FOREIGN = Set.of(
            "AudioDeviceModule",
            "AuthError",
            "BufferedImage",
            "CustomAudioSource",
            "HttpConfig",
            "IllegalArgumentException",
            "IllegalStateException",
            "LimitNOFILE",
            "MediaDevices",
            "NativeI420Buffer",
            "OpenTok",
            "SwingUtilities",
            "TimeoutStopSec",
            "VonageClient");

    private static final Pattern CODE = Pattern.compile("`([^`]+)`");
    private static final Pattern NAME =
            Pattern.compile("(?<![\\w:+~-])([A-Z][a-z]+\\w*[A-Z]\\w*)(?:\\.([a-z]\\w+)\\b(?!\\.))?");
    private static final Pattern PARTICIPANT = Pattern.compile("(?m)^ +participant \\w+ as ([A-Z]\\w+)$");
    private static final Pattern TYPE = Pattern.compile("\\b(?:class|record|interface|enum) (\\w+)");

    private final Map<String, String> sources = new HashMap<>(); // of each type, its file

    DocumentedNamesTest() throws IOException {
        try (Stream<Path> modules = Files.list(Path.of("..")).filter(module -> Files.exists(module.resolve("src")))) {
            for (Path module : modules.toList()) {
                try (Stream<Path> files = Files.walk(module.resolve("src"))) {
                    files.filter(file -> file.toString().endsWith(".java"))
                            .map(DocumentedNamesTest::read)
                            .forEach(source -> TYPE.matcher(source)
                                    .results()
                                    .forEach(type -> sources.merge(type.group(1), source, String::concat)));
                }
            }
        }
    }

    @Test
    void namesExist() throws IOException {
        Set<String> foreign = new HashSet<>();
        Set<String> missing = new TreeSet<>();
        int known = 0;
        for (Document document : Document.all()) {
            if (ELSEWHERE.contains(document.path().getFileName().toString())) {
                continue;
            }
            for (String[] name : names(document)) {
                if (FOREIGN.contains(name[0])) {
                    foreign.add(name[0]);
                } else if (exists(name)) {
                    known++;
                } else {
                    missing.add(document.path() + ": " + String.join(".", name));
                }
            }
        }
        assertThat(known).isGreaterThan(300);
        assertThat(missing).isEmpty();
        assertThat(foreign).isEqualTo(FOREIGN);
    }

    @Test
    void renamedClassOrMemberIsFound() {
        assertThat(exists("DocumentedNamesTest")).isTrue();
        assertThat(exists("DocumentedNamesTest", "exists")).isTrue();
        assertThat(exists("NoSuchTest")).isFalse();
        assertThat(exists("Document", "noSuchMember")).isFalse();
    }

    private boolean exists(String... name) {
        String source = sources.get(name[0]);
        return source != null
                && (name.length == 1
                        || Pattern.compile("\\b" + name[1] + "\\b")
                                .matcher(source)
                                .find());
    }

    /** {@return each name, with a member if one follows} */
    private static List<String[]> names(Document document) {
        return Stream.concat(
                        CODE.matcher(document.prose())
                                .results()
                                .flatMap(code -> NAME.matcher(code.group(1)).results())
                                .map(name -> name.group(2) == null
                                        ? new String[] {name.group(1)}
                                        : new String[] {name.group(1), name.group(2)}),
                        PARTICIPANT.matcher(document.text()).results().map(name -> new String[] {name.group(1)}))
                .toList();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
