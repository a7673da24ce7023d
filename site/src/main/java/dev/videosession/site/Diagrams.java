package dev.videosession.site;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Node;
import org.commonmark.renderer.NodeRenderer;
import org.commonmark.renderer.html.HtmlNodeRendererContext;
import org.commonmark.renderer.html.HtmlWriter;

/** Writes blocks of code. A block of Mermaid becomes an element that Mermaid's script replaces with its diagram. */
final class Diagrams implements NodeRenderer {
    /** Where the script is in the site. */
    static final String SCRIPT = "assets/mermaid.js";

    private static final String LANGUAGE = "mermaid";
    private static final String VERSION = "/META-INF/maven/org.webjars.npm/mermaid/pom.properties";

    private final HtmlWriter html;

    Diagrams(HtmlNodeRendererContext context) {
        this.html = context.getWriter();
    }

    /** {@return the name of the resource with the script} */
    static String script() throws IOException {
        Properties properties = new Properties();
        try (InputStream content = Diagrams.class.getResourceAsStream(VERSION)) {
            if (content == null) {
                throw new IOException("no resource " + VERSION);
            }
            properties.load(content);
        }
        return "/META-INF/resources/webjars/mermaid/" + properties.getProperty("version") + "/dist/mermaid.min.js";
    }

    @Override
    public Set<Class<? extends Node>> getNodeTypes() {
        return Set.of(FencedCodeBlock.class);
    }

    @Override
    public void render(Node node) {
        FencedCodeBlock block = (FencedCodeBlock) node;
        boolean diagram = LANGUAGE.equals(block.getInfo());
        html.line();
        html.tag("pre", diagram ? Map.of("class", LANGUAGE) : Map.of());
        if (!diagram) {
            html.tag("code");
        }
        html.text(block.getLiteral());
        if (!diagram) {
            html.tag("/code");
        }
        html.tag("/pre");
        html.line();
    }
}
