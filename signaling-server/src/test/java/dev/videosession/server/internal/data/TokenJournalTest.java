package dev.videosession.server.internal.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.videosession.protocol.time.TimeSource;
import dev.videosession.server.internal.data.TokenRecord.Kind;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenJournalTest {
    private static final TokenRecord REVOKED = new TokenRecord(Kind.REVOKED, "fingerprint", Long.MAX_VALUE);
    private static final TokenRecord BANNED = new TokenRecord(Kind.BANNED, "other", 2000);
    private static final TokenRecord USED = new TokenRecord(Kind.USED, "42 jti \n é \u0000", 3000);
    private static final List<TokenRecord> ALL = List.of(REVOKED, BANNED, USED);

    @TempDir
    private Path directory;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private Path file;

    @BeforeEach
    void name() {
        file = directory.resolve("tokens.journal");
    }

    private TokenJournal open(long nowSeconds) throws IOException {
        Clock clock = Clock.fixed(Instant.ofEpochSecond(nowSeconds), ZoneOffset.UTC);
        DataDirectory data = DataDirectory.open(directory);
        try {
            return TokenJournal.open(data, TimeSource.of(System::nanoTime, clock), meters);
        } catch (IOException e) {
            data.close();
            throw e;
        }
    }

    private void write(List<TokenRecord> records) throws IOException {
        try (TokenJournal journal = open(1000)) {
            List<CompletableFuture<Void>> kept =
                    records.stream().map(journal::append).toList();
            kept.forEach(CompletableFuture::join);
        }
    }

    private List<TokenRecord> read(long nowSeconds) throws IOException {
        try (TokenJournal journal = open(nowSeconds)) {
            return journal.loaded();
        }
    }

    @Test
    void recordsSurviveUntilTheirTokensEnd() throws IOException {
        write(ALL);
        assertThat(read(1999)).isEqualTo(ALL);
        assertThat(read(2000)).containsExactly(REVOKED, USED);
        assertThat(read(3000)).containsExactly(REVOKED);
        assertThat(read(1000)).as("expired records are removed for good").containsExactly(REVOKED);
    }

    @Test
    void aFileThatWasCutAnywhereLosesOnlyWhatWasCut() throws IOException {
        write(ALL);
        byte[] whole = Files.readAllBytes(file);
        for (int length = 0; length <= whole.length; length++) {
            Files.write(file, Arrays.copyOf(whole, length));
            List<TokenRecord> left = read(1000);
            assertThat(left).as("after %s bytes", length).isEqualTo(ALL.subList(0, left.size()));
            long lines = new String(whole, 0, length, StandardCharsets.ISO_8859_1)
                    .chars()
                    .filter(c -> c == '\n')
                    .count();
            assertThat(left).hasSize((int) Math.max(0, lines - 1));
            assertThat(read(1000)).as("the tail is cut off").isEqualTo(left);
        }
    }

    @Test
    void aDamagedTailIsDroppedAndDamageBeforeItIsAnError() throws IOException {
        write(ALL);
        String whole = Files.readString(file);
        Files.writeString(file, whole + "\u0000\u0000\u0000\n\u0000\u0000");
        assertThat(read(1000)).isEqualTo(ALL);
        for (int i = 0; i < whole.length() - 1; i++) {
            char other = whole.charAt(i) == 'x' ? 'y' : 'x';
            Files.writeString(file, whole.substring(0, i) + other + whole.substring(i + 1));
            int lastLine = whole.lastIndexOf('\n', whole.length() - 2) + 1;
            if (i == lastLine - 1) {
                assertThat(read(1000)).as("the last two lines are one").containsExactly(REVOKED);
            } else if (i < lastLine) {
                assertThatExceptionOfType(IOException.class)
                        .as("byte %s", i)
                        .isThrownBy(() -> read(1000))
                        .withMessageStartingWith("cannot use " + file + ": ")
                        .withMessageContaining("Restore it from a backup");
            } else {
                assertThat(read(1000)).containsExactly(REVOKED, BANNED);
            }
        }
    }

    @Test
    void twoServersCannotShareADirectory() throws IOException {
        try (TokenJournal journal = open(1000)) {
            assertThat(journal.isLasting()).isTrue();
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> open(1000))
                    .withMessageContaining("the data directory " + directory + ": another server uses it");
        }
        assertThat(read(1000)).isEmpty();
    }

    @Test
    void aPathThatCannotBeADirectoryIsNamed() throws IOException {
        Path plain = Files.writeString(directory.resolve("plain"), "");
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> DataDirectory.open(plain))
                .withMessageContaining("cannot use the data directory " + plain);
    }

    @Test
    void theFileStaysBoundedWhileTokensEnd() throws IOException {
        try (TokenJournal journal = open(1000)) {
            List<CompletableFuture<Void>> kept = new ArrayList<>();
            for (int i = 0; i < 60_000; i++) {
                kept.add(journal.append(new TokenRecord(Kind.USED, "42 an id of some length " + i, 1000)));
            }
            kept.forEach(CompletableFuture::join);
            assertThat(Files.size(file)).isLessThan(3 * 1024 * 1024);
            journal.append(REVOKED).join();
        }
        assertThat(read(1000)).containsExactly(REVOKED);
        assertThat(Files.size(file)).isLessThan(200);
    }

    @Test
    void nothingIsKeptAfterTheEnd() throws IOException {
        TokenJournal journal = open(1000);
        journal.close();
        assertThat(journal.append(REVOKED)).isCompletedExceptionally();
        assertThat(meters.get("videosession.journal.failures").counter().count())
                .isEqualTo(1);
    }
}
