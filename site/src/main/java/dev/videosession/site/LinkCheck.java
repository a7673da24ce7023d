package dev.videosession.site;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds links of a written site that lead nowhere. Javadoc is checked by its own tool; links to other sites are not followed. */
final class LinkCheck {
    private static final Pattern LINK = Pattern.compile("(?:href|src)=\"([^\"]*)\"");
    private static final Pattern ANCHOR = Pattern.compile("\\bid=\"([^\"]*)\"");

    private final Path site;
    private final Map<Path, Set<String>> anchors = new HashMap<>();

    LinkCheck(Path site) {
        this.site = site;
    }

    /**
     * Checks every page.
     *
     * @return for each broken link its page and destination
     * @throws IOException if a page cannot be read
     */
    List<String> broken() throws IOException {
        List<String> broken = new ArrayList<>();
        List<Path> pages;
        try (Stream<Path> files = Files.walk(site)) {
            pages = files.filter(file -> file.toString().endsWith(".html"))
                    .filter(file -> !file.startsWith(site.resolve("api")))
                    .toList();
        }
        for (Path page : pages) {
            for (var link : LINK.matcher(Files.readString(page)).results().toList()) {
                String destination = link.group(1);
                if (!SiteLinks.isElsewhere(destination) && !resolves(page, destination)) {
                    broken.add(site.relativize(page) + ": " + destination);
                }
            }
        }
        return broken;
    }

    private boolean resolves(Path page, String destination) throws IOException {
        String[] parts = destination.split("#", 2);
        Path target = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]).normalize();
        if (!Files.isRegularFile(target)) {
            return false;
        }
        return parts.length == 1 || anchors(target).contains(parts[1]);
    }

    private Set<String> anchors(Path page) throws IOException {
        Set<String> known = anchors.get(page);
        if (known == null) {
            known = ANCHOR.matcher(Files.readString(page))
                    .results()
                    .map(anchor -> anchor.group(1))
                    .collect(Collectors.toSet());
            anchors.put(page, known);
        }
        return known;
    }
}
