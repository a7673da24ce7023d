package dev.videosession.benchmark.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Rows of text under a title, in the form of a document. */
public final class Table {
    private final String title;
    private final List<List<String>> rows = new ArrayList<>();

    /**
     * Begins a table.
     *
     * @param title above it
     * @param columns heads of the columns
     */
    public Table(String title, String... columns) {
        this.title = title;
        rows.add(List.of(columns));
    }

    /**
     * Adds a row.
     *
     * @param cells as many as there are columns
     */
    public void row(Object... cells) {
        List<String> row = Arrays.stream(cells).map(String::valueOf).toList();
        if (row.size() != rows.get(0).size()) {
            throw new IllegalArgumentException(row + " has not the columns " + rows.get(0));
        }
        rows.add(row);
    }

    /** {@return the table in Markdown} */
    public String markdown() {
        StringBuilder text = new StringBuilder("### ").append(title).append("\n\n");
        for (int i = 0; i < rows.size(); i++) {
            text.append("| ").append(String.join(" | ", rows.get(i))).append(" |\n");
            if (i == 0) {
                text.append("|---".repeat(rows.get(0).size())).append("|\n");
            }
        }
        return text.append('\n').toString();
    }
}
