package dev.videosession.server.internal.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.server.project.Project;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The check of signatures in docs/OPENTOK.md, run by Node, accepts what the server signs and nothing else. */
class DocumentedSignatureTest {
    private static final Pattern BLOCK = Pattern.compile("(?s)```js\n(.*?)```");
    private static final String OLD = "0123456789abcdef0123456789abcdef";
    private static final String NEW = "fedcba9876543210fedcba9876543210";
    private static final String BODY = "{\"event\":\"sessionCreated\"}";

    @TempDir
    Path directory;

    @Test
    void acceptsEventsOfTheServerOnly() throws IOException, InterruptedException {
        long now = Instant.now().getEpochSecond();
        Project project = new Project(100, List.of(NEW, OLD), null, null);
        String header = WebhookSignature.of(project, now, BODY);
        String expired = WebhookSignature.of(project, now - 3600, BODY);
        assertThat(results(
                        call(header, BODY, NEW),
                        call(header, BODY, OLD),
                        call(header, BODY + " ", NEW),
                        call(header, BODY, "another secret"),
                        call(expired, BODY, NEW)))
                .containsExactly("true", "true", "false", "false", "false");
    }

    private static String call(String header, String body, String secret) {
        return "console.log(isGenuine('%s', '%s', '%s'));".formatted(header, body, secret);
    }

    private List<String> results(String... calls) throws IOException, InterruptedException {
        String document = Files.readString(Path.of("..", "docs", "OPENTOK.md"));
        String block =
                BLOCK.matcher(document).results().findFirst().orElseThrow().group(1);
        Path script = Files.writeString(directory.resolve("check.js"), block + String.join("\n", calls));
        Process node = new ProcessBuilder("node", script.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String output = new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(node.waitFor()).isZero();
        return output.lines().toList();
    }
}
