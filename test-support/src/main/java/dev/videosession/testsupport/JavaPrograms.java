package dev.videosession.testsupport;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Commands that start programs of the JDK that runs the tests. Such a program runs for seconds, in which a second compiler and
 * parallel collectors of garbage only take CPU time from other tests.
 */
public final class JavaPrograms {
    private static final String ONE_COMPILER = "-XX:TieredStopAtLevel=1";
    private static final String ONE_COLLECTOR = "-XX:+UseSerialGC";

    private JavaPrograms() {}

    /**
     * Starts a class on the class path of this process.
     *
     * @param arguments options of the virtual machine, name of the class, its arguments; another {@code -cp} replaces the class path
     * @return the command
     */
    public static List<String> java(String... arguments) {
        List<String> command = new ArrayList<>(
                List.of(path("java"), ONE_COMPILER, ONE_COLLECTOR, "-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(arguments));
        return command;
    }

    /**
     * Starts another program of the JDK.
     *
     * @param name of the program, for instance {@code keytool}
     * @param arguments its arguments
     * @return the command
     */
    public static List<String> tool(String name, String... arguments) {
        List<String> command = new ArrayList<>(List.of(path(name), "-J" + ONE_COMPILER, "-J" + ONE_COLLECTOR));
        command.addAll(List.of(arguments));
        return command;
    }

    /**
     * {@return the file of a program of the JDK}
     *
     * @param name of the program
     */
    public static String path(String name) {
        return Path.of(System.getProperty("java.home"), "bin", name).toString();
    }
}
