package dev.videosession.benchmark.report;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes tables and plots of one benchmark to files, and the tables to a stream. */
public final class Report {
    private final Path directory;
    private final String name;
    private final PrintStream out;
    private final StringBuilder text = new StringBuilder();

    /**
     * Begins a report.
     *
     * @param directory where the files go
     * @param name of the benchmark and the files
     * @param heading machine, versions, date and command
     * @param out also gets the tables
     */
    public Report(Path directory, String name, String heading, PrintStream out) {
        this.directory = directory;
        this.name = name;
        this.out = out;
        text.append(heading);
        out.println(heading);
    }

    /**
     * Adds a table.
     *
     * @param table complete
     */
    public void add(Table table) {
        text.append(table.markdown());
        out.print(table.markdown());
        out.flush();
        try {
            Files.createDirectories(directory);
            Files.writeString(directory.resolve(name + ".md"), text, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Adds a plot.
     *
     * @param suffix tells it from other plots of the benchmark
     * @param plot complete
     */
    public void add(String suffix, Plot plot) {
        plot.save(directory.resolve(name + "-" + suffix + ".png"));
    }
}
