package dev.videosession.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SiteTest {
    @TempDir
    Path output;

    @Test
    void everyDocumentIsAPageAndEveryLinkResolves() throws IOException {
        Path old = Files.writeString(output.resolve("old.html"), "<a href=\"removed.html\"></a>");
        new Site(Path.of("..")).write(output);

        assertThat(old).doesNotExist();
        assertThat(output.resolve("index.html"))
                .content()
                .contains("<h1 id=", "<h2>moderate</h2>", ">call in Swing</a>", "href=\"docs/guides/swing.html\"");
        assertThat(output.resolve("docs/guides/swing.html"))
                .content()
                .contains("href=\"../../index.html\"", "SwingCall.java.html\"", "aria-current=\"page\"")
                .doesNotContain(".md\"");
        assertThat(output.resolve("docs/ARCHITECTURE.html"))
                .content()
                .contains("<pre class=\"mermaid\">sequenceDiagram", "src=\"../assets/mermaid.js\"");
        assertThat(output.resolve("assets/mermaid.js")).isNotEmptyFile();
        assertThat(new LinkCheck(output).broken()).isEmpty();
    }

    @Test
    void brokenLinksAreFound() throws IOException {
        Files.writeString(
                output.resolve("a.html"),
                "<h1 id=\"x\"></h1><a href=\"#x\"></a><a href=\"#y\"></a><a href=\"b.html\"></a><a href=\"https://example.org\"></a>");

        assertThat(new LinkCheck(output).broken()).containsExactly("a.html: #y", "a.html: b.html");
    }

    @Test
    void javadocIsAdded(@TempDir Path javadoc) throws IOException {
        Files.createDirectories(javadoc.resolve("dev"));
        Files.writeString(javadoc.resolve("index.html"), "API");
        Files.writeString(javadoc.resolve("dev/Session.html"), "Session");
        Site site = new Site(Path.of(".."));
        site.write(output);
        site.copyApi(javadoc, output);

        assertThat(output.resolve("api/index.html")).hasContent("API");
        assertThat(output.resolve("api/dev/Session.html")).hasContent("Session");
    }
}
