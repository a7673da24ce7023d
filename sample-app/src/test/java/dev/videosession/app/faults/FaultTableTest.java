package dev.videosession.app.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/FAULTS.md shows the faults that are played, and figures for each. */
class FaultTableTest {
    @Test
    void rowsOfTheDocumentAreThoseThatArePlayed() throws IOException {
        List<String> written = Files.readString(Path.of("..", "docs", "FAULTS.md"))
                .lines()
                .takeWhile(line -> !line.startsWith("## ")) // what follows has tests of its own
                .filter(line -> line.startsWith("| "))
                .skip(1)
                .toList();
        List<String> played = Stream.of(Fault.values()).map(Fault::row).toList();
        assertThat(written.stream().map(FaultTableTest::withoutFigures))
                .as("docs/FAULTS.md; target/faults-table.md has the rows after ./test faults")
                .isEqualTo(played);
        assertThat(played).hasSizeGreaterThanOrEqualTo(30);
    }

    private static String withoutFigures(String row) {
        return row.substring(0, row.lastIndexOf('|', row.length() - 2) + 1);
    }
}
