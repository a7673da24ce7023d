package dev.videosession.app.server;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/** Finds the program of a media router on this machine. */
public final class RouterProgram {
    /** The name of Janus's program. */
    public static final String JANUS = "janus";

    private RouterProgram() {}

    /**
     * Looks for a program in the directories of the environment variable PATH.
     *
     * @param name of the program
     * @return where it is, or empty
     */
    public static Optional<Path> find(String name) {
        String path = System.getenv("PATH");
        return Pattern.compile(":")
                .splitAsStream(path == null ? "/usr/bin" : path)
                .filter(directory -> !directory.isEmpty())
                .map(directory -> Path.of(directory, name))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
