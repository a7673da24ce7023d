package dev.videosession.app.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.app.document.Document;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The complete POM in docs/EMBEDDING.md builds a program against the artifacts of this build, and its commands start it. */
class DocumentedBuildIT {
    private static final Path ROOT = Path.of("..");
    private static final String VERSION = "0.1.0-SNAPSHOT";
    private static final String MAIN = """
            package example;

            public final class Main {
                public static void main(String[] arguments) throws Exception {
                    example.viewer.Viewer.main(arguments);
                }
            }
            """;

    @TempDir
    private Path directory;

    @Test
    void programOfTheCompletePomMakesACall() throws Exception {
        Path program = Files.createDirectory(directory.resolve("program"));
        Files.writeString(program.resolve("pom.xml"), pom());
        Path sources = Files.createDirectories(program.resolve("src/main/java/example/viewer"));
        Files.writeString(sources.resolveSibling("Main.java"), MAIN);
        try (Stream<Path> files = Files.list(Programs.source("viewer").resolve("example/viewer"))) {
            for (Path file : files.toList()) {
                Files.copy(file, sources.resolve(file.getFileName()));
            }
        }
        List<String> commands = commands();
        Programs.run(shell(program, commands.get(0) + " -Dmaven.repo.local=" + repository()));

        assertThat(Programs.call(shell(program, commands.get(1)), UnaryOperator.identity()))
                .contains("frame 160x120 in no module");
    }

    /** A shell that runs a line in a directory, with further arguments at its end. */
    private static List<String> shell(Path directory, String line) {
        return List.of("bash", "-c", "cd '" + directory + "' && exec " + line + " \"$@\"", "bash");
    }

    private static String pom() throws IOException {
        List<String> poms = Document.blocks("xml").stream()
                .map(Document.Block::text)
                .filter(text -> text.startsWith("<project"))
                .toList();
        assertThat(poms).hasSize(1);
        return poms.get(0);
    }

    private static List<String> commands() throws IOException {
        List<Document.Block> blocks = Document.blocks("sh").stream()
                .filter(block -> block.text().startsWith("mvn -q compile "))
                .toList();
        assertThat(blocks).hasSize(1);
        assertThat(blocks.get(0).commands()).hasSize(2);
        return blocks.get(0).commands();
    }

    /** The local repository of this build, with the artifacts of this build in the place of earlier ones. */
    private Path repository() throws IOException {
        Path local = localRepository();
        Path repository = Files.createDirectories(directory.resolve("repository"));
        Path own = Files.createDirectories(repository.resolve("dev/videosession"));
        link(local, repository, "dev");
        link(local.resolve("dev"), own.getParent(), "videosession");
        for (String module : List.of("signaling-protocol", "media", "session-sdk")) {
            Path artifact = Files.createDirectories(own.resolve(module).resolve(VERSION));
            Path target = ROOT.resolve(module).resolve("target");
            String name = module + "-" + VERSION;
            Files.copy(target.resolve("published-pom.xml"), artifact.resolve(name + ".pom"));
            Files.copy(target.resolve(name + ".jar"), artifact.resolve(name + ".jar"));
        }
        return repository;
    }

    private static void link(Path from, Path to, String except) throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(from)) {
            for (Path entry : entries) {
                if (!entry.getFileName().toString().equals(except)) {
                    Files.createSymbolicLink(to.resolve(entry.getFileName()), entry.toAbsolutePath());
                }
            }
        }
    }

    /** Where Maven has put a library whose path in the repository is known. */
    private static Path localRepository() {
        String library = Programs.artifacts(Pattern.compile("rxjava-3.*\\.jar"));
        Path path = Path.of(library);
        return path.resolve("../../../../../..").normalize();
    }
}
