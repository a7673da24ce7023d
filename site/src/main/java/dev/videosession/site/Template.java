package dev.videosession.site;

import java.nio.file.Path;

/** The frame around each page. */
final class Template {
    private final Navigation navigation;

    Template(Navigation navigation) {
        this.navigation = navigation;
    }

    /**
     * Makes a page.
     *
     * @param target where it is in the site
     * @param title its title, plain text
     * @param html its content
     */
    String page(Path target, String title, String html) {
        String diagrams = html.contains("class=\"mermaid\"")
                ? """
                <script src="%s"></script>
                <script>mermaid.initialize({ startOnLoad: true });</script>
                """.formatted(SiteLinks.between(target, Path.of(Diagrams.SCRIPT)))
                : "";
        return """
                <!DOCTYPE html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <title>%s</title>
                <link rel="stylesheet" href="%s">
                </head>
                <body>
                <nav id="contents">
                %s</nav>
                <main>
                <p class="contents"><a href="#contents">Contents</a></p>
                %s</main>
                %s</body>
                </html>
                """.formatted(
                        escaped(title),
                        SiteLinks.between(target, Path.of("assets", "site.css")),
                        links(target),
                        html,
                        diagrams);
    }

    /** Makes a page that shows a file. */
    String source(Path target, String name, String text) {
        return page(target, name, "<h1>" + escaped(name) + "</h1>\n<pre><code>" + escaped(text) + "</code></pre>\n");
    }

    private String links(Path target) {
        StringBuilder html = new StringBuilder();
        html.append(link(target, Path.of("index.html"), "Home", "<p>%s</p>\n"));
        for (Navigation.Group group : navigation.groups()) {
            html.append("<h2>").append(escaped(group.task())).append("</h2>\n<ul>\n");
            for (Navigation.Entry entry : group.entries()) {
                String[] parts = entry.destination().split("#", 2);
                Path file = Path.of(parts[0]);
                Path page = parts[0].endsWith(".md") ? Page.target(file) : SiteLinks.target(file);
                html.append(link(target, page, entry.text(), "<li>%s</li>\n"));
            }
            html.append("</ul>\n");
        }
        html.append(link(target, Path.of("api", "index.html"), "Javadoc", "<p>%s</p>\n"));
        return html.toString();
    }

    private static String link(Path from, Path to, String text, String frame) {
        String current = from.equals(to) ? " aria-current=\"page\"" : "";
        return frame.formatted(
                "<a href=\"" + SiteLinks.between(from, to) + "\"" + current + ">" + escaped(text) + "</a>");
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
