package dev.videosession.app.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every block of code in the documents is run, compiled or parsed by a test, or is a diagram that is listed here. */
class DocumentedBlocksTest {
    private static final Path ROOT = Path.of("..");

    /** Tests that take every block of a language, in all documents or in one. */
    private static final List<Coverage> ALL = List.of(
            new Coverage("java", "", "DocumentedProgramsTest"),
            new Coverage("java", "README.md", "FirstProgramIT"),
            new Coverage("sh", "", "DocumentedCommandsTest"),
            new Coverage("properties", "", "DocumentedConfigurationTest"),
            new Coverage("xml", "", "DocumentedDependenciesTest"),
            new Coverage("kotlin", "", "DocumentedDependenciesTest"),
            new Coverage("json", "PROTOCOL.md", "ProtocolDocumentTest"));

    /** Tests that take a certain block, which begins with these characters. */
    private static final List<Example> SINGLE = List.of(
            new Example("json", "CLUSTER.md", "{\"status\":\"notReady\"", "DocumentedHealthTest"),
            new Example("json", "OPENTOK.md", "{\"sessionId\":", "DocumentedWebhookTest"),
            new Example("js", "OPENTOK.md", "const crypto", "DocumentedSignatureTest"),
            new Example("conf", "CLUSTER.md", "# redis.conf", "DocumentedRedisTest"),
            new Example("conf", "CLUSTER.md", "# sentinel.conf", "DocumentedRedisTest"),
            new Example("conf", "CLUSTER.md", "user videosession", "SecuredRedisTest"),
            new Example("conf", "ROUTER.md", "# janus.jcfg", "DocumentedJanusIT"),
            new Example("yaml", "install.md", "scrape_configs:", "MonitoringFilesTest"),
            new Example("text", "PROTOCOL.md", "session_id=", "ProtocolDocumentTest"));

    /** Diagrams, and the code of an OpenTok client for Android before its migration, which needs that SDK. */
    private static final List<Example> NOT_RUN = List.of(
            new Example("text", "PROTOCOL.md", "socket opens", ""),
            new Example("text", "PROTOCOL.md", "subscriber", ""),
            new Example("text", "ARCHITECTURE.md", "sample-app", ""),
            new Example("text", "MEDIA.md", "VideoSource", ""),
            new Example("text", "migrate-client.md", "mSession = new Session.Builder", ""),
            new Example("mermaid", "ARCHITECTURE.md", "sequenceDiagram", ""),
            new Example("mermaid", "ARCHITECTURE.md", "flowchart", ""));

    private record Coverage(String language, String document, String test) {
        boolean takes(Document.Block block) {
            return language.equals(block.language()) && (document.isEmpty() || document.equals(block.document()));
        }
    }

    private record Example(String language, String document, String start, String test) {
        boolean takes(Document.Block block) {
            return language.equals(block.language())
                    && document.equals(block.document())
                    && block.text().strip().startsWith(start);
        }
    }

    private static List<Document.Block> blocks() throws IOException {
        return Document.all().stream()
                .flatMap(document -> document.blocks().stream())
                .toList();
    }

    private static boolean isCovered(Document.Block block) {
        return ALL.stream().anyMatch(each -> each.takes(block))
                || Stream.concat(SINGLE.stream(), NOT_RUN.stream()).anyMatch(each -> each.takes(block));
    }

    @Test
    void everyBlockIsTakenByATest() throws IOException {
        List<Document.Block> blocks = blocks();
        assertThat(blocks).hasSizeGreaterThan(100);
        assertThat(blocks.stream()
                        .filter(block -> !isCovered(block))
                        .map(block -> block.document() + " [" + block.language() + "] " + block.text()))
                .as("name the language of each block, and the test that takes it in %s", getClass())
                .isEmpty();
    }

    @Test
    void noTestOfACertainBlockTakesTwo() throws IOException {
        List<Document.Block> blocks = blocks();
        List<String> notOne = new ArrayList<>();
        for (Example each : SINGLE) {
            if (blocks.stream().filter(each::takes).count() != 1) {
                notOne.add(each.toString());
            }
        }
        assertThat(notOne).isEmpty();
    }

    @Test
    void theTestsExistAndReadTheDocuments() throws IOException {
        Map<String, Path> tests = tests();
        Stream<String[]> used = Stream.concat(
                ALL.stream().map(each -> new String[] {each.test(), each.document()}),
                SINGLE.stream().map(each -> new String[] {each.test(), each.document()}));
        for (String[] each : used.toList()) {
            assertThat(tests).containsKey(each[0]);
            String source =
                    Files.readString(Optional.ofNullable(tests.get(each[0])).orElseThrow());
            assertThat(source)
                    .as(each[0])
                    .containsPattern(each[1].isEmpty() ? "Document\\.(all|blocks)\\(" : "\"[^\"]*" + each[1] + "\"");
        }
    }

    @Test
    void aBlockWithoutATestIsFound() {
        assertThat(isCovered(new Document.Block("README.md", "sh", "./run"))).isTrue();
        assertThat(isCovered(new Document.Block("README.md", "", "./run"))).isFalse();
        assertThat(isCovered(new Document.Block("README.md", "python", "print(1)")))
                .isFalse();
        assertThat(isCovered(new Document.Block("OPENTOK.md", "json", "{\"other\":1}")))
                .isFalse();
    }

    private static Map<String, Path> tests() throws IOException {
        try (Stream<Path> modules = Files.list(ROOT)) {
            List<Path> roots = modules.map(module -> module.resolve("src/test/java"))
                    .filter(Files::isDirectory)
                    .toList();
            Map<String, Path> found = new TreeMap<>();
            for (Path root : roots) {
                try (Stream<Path> files = Files.walk(root)) {
                    found.putAll(files.filter(file -> file.toString().endsWith(".java"))
                            .collect(Collectors.toMap(
                                    file -> file.getFileName().toString().replace(".java", ""),
                                    file -> file,
                                    (first, second) -> first)));
                }
            }
            return found;
        }
    }
}
