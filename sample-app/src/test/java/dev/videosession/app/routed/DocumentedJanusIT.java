package dev.videosession.app.routed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.app.document.Document;
import dev.videosession.app.process.Child;
import dev.videosession.app.process.LiveSession;
import dev.videosession.testsupport.FreePorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A call through a Janus with the settings of "ROUTER.md" for a machine of its own, whose secrets the server reads from files. */
@Tag("faults")
class DocumentedJanusIT {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Pattern FILE = Pattern.compile("(?s)# (janus[a-z.]*\\.jcfg)\n(.*?)(?=# janus|$)");

    @TempDir
    private Path directory;

    @Test
    void participantsReceiveEachOtherThroughIt() throws Exception {
        int port = FreePorts.next();
        Path secret = Files.writeString(directory.resolve("janus-secret"), "secret-of-the-api");
        Path key = Files.writeString(directory.resolve("janus-admin-key"), "key-of-the-plugin");
        Path settings = configuration(Files.readString(secret), Files.readString(key), port);
        try (Child janus = Child.start(
                        "documented-janus",
                        directory,
                        Map.of(),
                        List.of("/usr/bin/janus", "--configs-folder=" + settings, "--disable-colors"));
                LiveSession call = new LiveSession(
                        directory,
                        "--router",
                        "ws://127.0.0.1:" + port,
                        "--router-secret-file",
                        secret.toString(),
                        "--router-admin-key-file",
                        key.toString())) {
            Child ada = call.bot("ada", call.token("publisher"), "--video", "640x360@30");
            Child bob = call.bot("bob", call.token("publisher"), "--video", "640x360@30");
            ada.event("firstFrame", LIMIT);
            bob.event("firstFrame", LIMIT);
            assertThat(ada.event("publisherMedia", LIMIT, sent -> Bots.number(sent, "bytesSent") > 0))
                    .as("one upload, to the router")
                    .containsEntry("links", 1.0);
            assertThat(janus.isAlive()).isTrue();
        }
    }

    /** Writes the documented files. The test adds where the modules are, and the address and port of a test. */
    private Path configuration(String secret, String key, int port) throws IOException {
        List<Document.Block> blocks = Document.blocks("conf").stream()
                .filter(block -> block.text().startsWith("# janus.jcfg"))
                .toList();
        assertThat(blocks).hasSize(1);
        List<MatchResult> files = FILE.matcher(blocks.get(0).text()).results().toList();
        assertThat(files).hasSize(3);
        Path settings = OwnJanus.folders(directory.resolve("documented"));
        for (MatchResult file : files) {
            String text = file.group(2)
                    .replace("\"SECRET\"", '"' + secret + '"')
                    .replace("\"KEY\"", '"' + key + '"')
                    .replace("10.0.0.5", "127.0.0.1")
                    .replace("8188", String.valueOf(port))
                    .replaceAll("nat_1_1_mapping = \"[0-9.]+\";", "");
            if (file.group(1).equals("janus.jcfg")) {
                text = text.replaceFirst("general: \\{", OwnJanus.foldersSetting(settings));
            }
            assertThat(text).contains("general: {");
            Files.writeString(settings.resolve(file.group(1)), text);
        }
        return settings;
    }
}
