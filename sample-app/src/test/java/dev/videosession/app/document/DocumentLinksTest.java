package dev.videosession.app.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Links between documents, to files and to headings lead somewhere. Links to other sites are only checked for their form. */
class DocumentLinksTest {
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]*)\\)");
    private static final Pattern ELSEWHERE = Pattern.compile("(?:https?|mailto):.*");

    private final Map<Path, Document> documents;

    DocumentLinksTest() throws IOException {
        documents = Document.all().stream()
                .collect(Collectors.toMap(document -> document.path().normalize(), Function.identity()));
    }

    @Test
    void everyLinkResolves() {
        assertThat(documents.values().stream().flatMap(DocumentLinksTest::links))
                .hasSizeGreaterThan(50);
        List<String> broken = documents.values().stream()
                .flatMap(document -> links(document)
                        .filter(link -> !resolves(document, link))
                        .map(link -> document.path() + ": " + link))
                .toList();
        assertThat(broken).isEmpty();
    }

    @Test
    void aMissingFileOrHeadingIsFound() {
        Document document = new Document(Path.of("..", "README.md"), "# First part: `a`\n");
        documents.put(document.path().normalize(), document);
        assertThat(resolves(document, "#first-part-a")).isTrue();
        assertThat(resolves(document, "#second-part")).isFalse();
        assertThat(resolves(document, "docs/MISSING.md")).isFalse();
        assertThat(resolves(document, "docs/SECURITY.md#missing")).isFalse();
    }

    private static Stream<String> links(Document document) {
        return LINK.matcher(document.prose()).results().map(link -> link.group(1));
    }

    private boolean resolves(Document document, String link) {
        if (ELSEWHERE.matcher(link).matches()) {
            return URI.create(link).getSchemeSpecificPart().length() > 3;
        }
        String[] parts = link.split("#", 2);
        Path path = document.path();
        Path target = (parts[0].isEmpty() ? path : path.resolveSibling(parts[0])).normalize();
        if (parts.length == 1) {
            return Files.exists(target);
        }
        Document linked = documents.get(target);
        return linked != null && linked.anchors().contains(parts[1]);
    }
}
