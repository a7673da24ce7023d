package dev.videosession.app.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.videosession.app.server.ServerCommand;
import dev.videosession.app.server.config.Settings;
import dev.videosession.server.internal.project.ProjectsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Model.CommandSpec;

/** The server accepts the files of properties in the documents: options in a configuration file, projects in a file of projects. */
class DocumentedConfigurationTest {
    private static final Set<String> OPTIONS = CommandSpec.forAnnotatedObject(new ServerCommand()).options().stream()
            .map(option -> option.longestName().substring(2))
            .collect(Collectors.toSet());

    @TempDir
    Path directory;

    @Test
    void everyFileIsAccepted() throws IOException, GeneralSecurityException {
        writeKeys();
        List<String> blocks = blocks();
        assertThat(blocks).hasSizeGreaterThan(5).anyMatch(DocumentedConfigurationTest::namesProjects);
        for (String block : blocks) {
            Path file = Files.writeString(directory.resolve("file.properties"), block);
            assertThatCode(() -> read(file, block)).as(block).doesNotThrowAnyException();
        }
    }

    private static void read(Path file, String block) throws IOException {
        if (namesProjects(block)) {
            assertThat(new ProjectsFile(file).read()).isNotEmpty();
        } else {
            Settings settings = new Settings(Map.of("config", file.toString()), name -> null, OPTIONS);
            assertThat(block.lines().map(line -> line.split("=", 2)[0].strip()))
                    .allSatisfy(name -> assertThat(settings.find(name)).isNotBlank());
        }
    }

    private static boolean namesProjects(String block) {
        return block.strip().startsWith("project.");
    }

    /** {@return the blocks, without indentation, with a secret in place of its placeholder} */
    private static List<String> blocks() throws IOException {
        return Document.blocks("properties").stream()
                .map(block -> block.text().replaceAll("\\bSECRET\\b", "0123456789abcdef".repeat(2)))
                .toList();
    }

    /** Writes the public keys that the documents name. */
    private void writeKeys() throws IOException, GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        byte[] key = generator.generateKeyPair().getPublic().getEncoded();
        String pem = "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key) + "\n-----END PUBLIC KEY-----\n";
        for (String name : List.of("public.pem", "next.pem")) {
            Files.writeString(directory.resolve(name), pem);
        }
    }
}
