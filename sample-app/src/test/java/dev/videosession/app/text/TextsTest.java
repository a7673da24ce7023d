package dev.videosession.app.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.ResourceBundle;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The words in the bundle are those that the windows ask for. */
class TextsTest {
    private static final Pattern KEY = Pattern.compile(
            "\"((?:audit|call|chat|console|detail|device|end|event|grid|header|key|kind|leave|lobby|media|name|people|pip"
                    + "|reaction|settings|share|snapshot|start|stats|test|tile|timeline|window)\\.[A-Za-z.]+)\"");
    /** Keys that are put together of a start and a value of an enumeration. */
    private static final List<String> COMPUTED =
            List.of("ask.", "detail.", "end.", "kind.", "reaction.", "test.", "theme.");

    @Test
    void everyKeyHasATextAndEveryTextAKey() throws IOException {
        TreeSet<String> asked = new TreeSet<>();
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".java")).toList()) {
                KEY.matcher(Files.readString(file)).results().forEach(match -> asked.add(match.group(1)));
            }
        }
        asked.remove("call.properties"); // a file
        ResourceBundle bundle = ResourceBundle.getBundle("dev.videosession.app.text.Texts");
        assertThat(bundle.keySet()).containsAll(asked);
        assertThat(bundle.keySet().stream()
                        .filter(key -> COMPUTED.stream().noneMatch(key::startsWith))
                        .collect(Collectors.toSet()))
                .isSubsetOf(asked);
    }

    @Test
    void argumentsAreShownAsTheyAre() {
        assertThat(Texts.of("call.warning", "it's {0} '")).isEqualTo("A moderator writes: it's {0} '");
        assertThat(Texts.of("call.connected", 1)).isEqualTo("Connected. No other participants yet");
        assertThat(Texts.of("call.connected", 25)).isEqualTo("Connected, 25 participants");
        assertThat(Texts.of("people.count", 2L, 1L)).isEqualTo("2 participants, 1 watching");
    }
}
