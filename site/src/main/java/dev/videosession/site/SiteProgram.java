package dev.videosession.site;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes the site and checks its links: {@code SiteProgram PROJECT OUTPUT [JAVADOC]}. */
public final class SiteProgram {
    private SiteProgram() {}

    /**
     * Runs the program. It ends with code 1 if a link of the site is broken.
     *
     * @param arguments the directory of the project, the directory to write, and that of the generated javadoc if there is one
     * @throws IOException if a file cannot be read or written
     */
    @SuppressWarnings("SystemOut") // a program for the command line
    public static void main(String[] arguments) throws IOException {
        Path output = Path.of(arguments[1]);
        Site site = new Site(Path.of(arguments[0]));
        site.write(output);
        if (arguments.length > 2 && Files.isDirectory(Path.of(arguments[2]))) {
            site.copyApi(Path.of(arguments[2]), output);
        }
        List<String> broken = new LinkCheck(output).broken();
        broken.forEach(System.err::println);
        if (!broken.isEmpty()) {
            System.exit(1);
        }
        System.out.println(output.resolve("index.html").toUri());
    }
}
