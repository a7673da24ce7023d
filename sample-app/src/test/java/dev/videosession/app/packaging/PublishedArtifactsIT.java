package dev.videosession.app.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/**
 * What Maven Central requires of an artifact (central.sonatype.org, "Requirements"): POM with name, description, address, licence,
 * developers and source repository; only dependencies that Central has; sources and javadoc. Signatures are made by the profile
 * {@code release}.
 */
class PublishedArtifactsIT {
    private static final Path ROOT = Path.of("..");
    private static final String GROUP = "dev.videosession";
    private static final List<String> LIBRARIES = libraries();

    static List<String> libraries() {
        return published().stream().filter(module -> !module.equals("bom")).toList();
    }

    /** The modules that {@code mvn deploy} does not skip. */
    static List<String> published() {
        try (Stream<Path> modules = Files.list(ROOT)) {
            List<String> published = new ArrayList<>();
            for (Path module : modules.sorted().toList()) {
                Path pom = module.resolve("pom.xml");
                if (Files.exists(pom)
                        && Files.readString(pom).contains("<maven.deploy.skip>false</maven.deploy.skip>")) {
                    published.add(module.getFileName().toString());
                }
            }
            return published;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Element pom(String module) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(ROOT.resolve(module).resolve("target/published-pom.xml").toFile())
                .getDocumentElement();
    }

    /** The text of the element at this path, or the empty string. */
    private static String text(Element from, String... path) {
        Element current = from;
        for (String name : path) {
            List<Element> found = children(current, name);
            if (found.isEmpty()) {
                return "";
            }
            current = found.get(0);
        }
        return current.getTextContent().strip();
    }

    private static List<Element> children(Element parent, String name) {
        List<Element> found = new ArrayList<>();
        NodeList nodes = parent.getChildNodes();
        for (int i = 0; i < nodes.getLength(); i++) {
            Node node = nodes.item(i);
            if (node instanceof Element element && element.getTagName().equals(name)) {
                found.add(element);
            }
        }
        return found;
    }

    private static List<Element> dependencies(Element holder) {
        List<Element> lists = children(holder, "dependencies");
        return lists.isEmpty() ? List.of() : children(lists.get(0), "dependency");
    }

    @ParameterizedTest
    @MethodSource("published")
    void pomSaysWhatCentralRequires(String module) throws Exception {
        Element pom = pom(module);

        assertThat(text(pom, "groupId")).isEqualTo(GROUP);
        assertThat(text(pom, "name")).isNotEmpty();
        assertThat(text(pom, "description")).isNotEmpty();
        assertThat(text(pom, "url")).startsWith("https://");
        assertThat(text(pom, "licenses", "license", "name")).isEqualTo("Apache-2.0");
        assertThat(text(pom, "licenses", "license", "url")).startsWith("https://");
        assertThat(text(pom, "developers", "developer", "name")).isNotEmpty();
        assertThat(text(pom, "scm", "connection")).startsWith("scm:git:https://");
        assertThat(text(pom, "scm", "developerConnection")).startsWith("scm:git:");
        assertThat(text(pom, "scm", "url")).startsWith("https://");
        assertThat(text(pom, "version")).doesNotContain("$");
        assertThat(children(pom, "parent"))
                .as("a parent would have to be published, too")
                .isEmpty();
        assertThat(children(pom, "repositories")).isEmpty();
        assertThat(children(pom, "build")).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("libraries")
    void dependenciesAreReleasesAndPublishedModules(String module) throws Exception {
        Element pom = pom(module);

        for (Element dependency : dependencies(pom)) {
            String artifact = text(dependency, "artifactId");
            if (text(dependency, "groupId").equals(GROUP)) {
                assertThat(LIBRARIES).as("published modules").contains(artifact);
                assertThat(text(dependency, "version")).isEqualTo(text(pom, "version"));
            } else {
                assertThat(text(dependency, "version"))
                        .as(artifact)
                        .matches("[0-9][A-Za-z0-9.]*")
                        .doesNotContain("SNAPSHOT");
            }
            assertThat(text(dependency, "scope")).as(artifact).isIn("", "compile", "runtime");
        }
    }

    @ParameterizedTest
    @MethodSource("libraries")
    void jarHasSourcesAndJavadoc(String module) throws Exception {
        String name = module + "-" + text(pom(module), "version");
        Path target = ROOT.resolve(module).resolve("target");

        Set<String> classes = topLevel(target.resolve(name + ".jar"), ".class");
        assertThat(classes).isNotEmpty();
        assertThat(topLevel(target.resolve(name + "-sources.jar"), ".java")).containsAll(classes);
        try (JarFile javadoc = new JarFile(target.resolve(name + "-javadoc.jar").toFile())) {
            assertThat(javadoc.getEntry("index.html")).isNotNull();
        }
    }

    private static Set<String> topLevel(Path jar, String suffix) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            Set<String> names = new TreeSet<>();
            file.stream()
                    .map(entry -> entry.getName())
                    .filter(name -> name.endsWith(suffix) && !name.contains("$"))
                    .forEach(name -> names.add(name.substring(0, name.length() - suffix.length())));
            return names;
        }
    }

    @Test
    void bomNamesEveryPublishedLibraryAndNothingElse() throws Exception {
        Element pom = pom("bom");
        Element managed = children(pom, "dependencyManagement").get(0);

        assertThat(dependencies(managed))
                .extracting(dependency -> text(dependency, "artifactId"))
                .containsExactlyInAnyOrderElementsOf(LIBRARIES);
        assertThat(dependencies(managed))
                .allSatisfy(dependency ->
                        assertThat(text(dependency, "version")).isIn(text(pom, "version"), "${project.version}"));
        assertThat(dependencies(pom)).isEmpty();
    }
}
