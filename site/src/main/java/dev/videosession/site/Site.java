package dev.videosession.site;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.ext.heading.anchor.HeadingAnchorExtension;
import org.commonmark.renderer.html.HtmlRenderer;

/**
 * The documents of the project as pages: the front page is README.md. Links between documents become links between pages.
 * A linked file becomes a page with its text, a linked directory a page with the names of its files. Diagrams are drawn in
 * the browser, without a network.
 */
final class Site {
    private final Path project;
    private final List<Page> pages;
    private final Template template;

    /**
     * Reads the documents.
     *
     * @param project its directory
     * @throws IOException if a document cannot be read
     */
    Site(Path project) throws IOException {
        this.project = project;
        try (Stream<Path> root = Files.list(project);
                Stream<Path> docs = Files.walk(project.resolve("docs"))) {
            this.pages = Stream.concat(root, docs)
                    .filter(file -> file.toString().endsWith(".md"))
                    .map(project::relativize)
                    .sorted()
                    .map(path -> Page.read(project, path))
                    .toList();
        }
        Page front = pages.stream()
                .filter(page -> page.path().endsWith("README.md"))
                .findFirst()
                .orElseThrow();
        this.template = new Template(new Navigation(front));
    }

    /**
     * Replaces the content of a directory with the pages and all files that they need.
     *
     * @param output the directory, which need not exist
     * @throws IOException if a file cannot be written
     */
    void write(Path output) throws IOException {
        clear(output);
        Set<Path> linked = new TreeSet<>();
        for (Page page : pages) {
            page.content().accept(new SiteLinks(project, page.path(), linked::add));
            write(output.resolve(page.target()), template.page(page.target(), page.title(), html(page)));
        }
        for (Path file : linked) {
            writeFile(output, file);
        }
        writeResource("/dev/videosession/site/site.css", output.resolve("assets/site.css"));
        writeResource(Diagrams.script(), output.resolve(Diagrams.SCRIPT));
        Path api = output.resolve("api").resolve("index.html");
        if (!Files.exists(api)) {
            write(api, template.page(Path.of("api", "index.html"), "Javadoc", "<p>Not generated.</p>"));
        }
    }

    /**
     * Adds the javadoc of the libraries.
     *
     * @param javadoc its directory
     * @param output that of the site
     * @throws IOException if a file cannot be written
     */
    void copyApi(Path javadoc, Path output) throws IOException {
        try (Stream<Path> files = Files.walk(javadoc)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                copy(
                        file,
                        output.resolve("api").resolve(javadoc.relativize(file).toString()));
            }
        }
    }

    private static void writeResource(String name, Path target) throws IOException {
        try (InputStream content = Site.class.getResourceAsStream(name)) {
            if (content == null) {
                throw new IOException("no resource " + name);
            }
            Files.createDirectories(target.getParent());
            Files.copy(content, target, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static String html(Page page) {
        return HtmlRenderer.builder()
                .extensions(List.of(TablesExtension.create(), HeadingAnchorExtension.create()))
                .nodeRendererFactory(Diagrams::new)
                .build()
                .render(page.content());
    }

    private void writeFile(Path output, Path file) throws IOException {
        Path source = project.resolve(file);
        String name = file.toString();
        if (Files.isDirectory(source)) {
            try (Stream<Path> files = Files.list(source)) {
                String names = String.join(
                        "\n",
                        files.map(each -> each.getFileName().toString())
                                .sorted()
                                .toList());
                Path target = SiteLinks.target(file);
                write(output.resolve(target), template.source(target, name, names));
            }
        } else if (name.endsWith(".png")) {
            copy(source, output.resolve(file));
        } else {
            Path target = SiteLinks.target(file);
            write(output.resolve(target), template.source(target, name, Files.readString(source)));
        }
    }

    private static void write(Path target, String text) throws IOException {
        Files.createDirectories(target.getParent());
        Files.writeString(target, text);
    }

    private static void clear(Path directory) throws IOException {
        if (Files.exists(directory)) {
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private static void copy(Path source, Path target) throws IOException {
        Files.createDirectories(target.getParent());
        Files.copy(source, target, StandardCopyOption.REPLACE_EXISTING);
    }
}
