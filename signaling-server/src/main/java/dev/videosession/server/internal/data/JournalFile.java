package dev.videosession.server.internal.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file of a {@link TokenJournal}: a first line, then one line for each record. A damaged end, as a power failure leaves
 * it, is cut off; damage anywhere else is an error. Not thread-safe.
 */
final class JournalFile implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(JournalFile.class);
    private static final String NAME = "tokens.journal";
    private static final String HEADER = "videosession tokens 1\n";

    private final DataDirectory directory;
    private final Path path;
    private FileChannel channel;
    private long size;

    private JournalFile(DataDirectory directory, Path path, FileChannel channel) {
        this.directory = directory;
        this.path = path;
        this.channel = channel;
    }

    /** An opened journal and its records. */
    record Opened(JournalFile file, List<TokenRecord> records) {}

    /**
     * Reads the file and rewrites it without the records of tokens that have ended.
     *
     * @throws IOException if it is damaged or cannot be read or written; the message names it
     */
    static Opened open(DataDirectory directory, long nowSeconds) throws IOException {
        Path path = directory.file(NAME);
        List<TokenRecord> records = Files.exists(path) ? live(read(path), nowSeconds) : List.of();
        JournalFile file = new JournalFile(directory, path, replace(directory, path, records));
        try {
            directory.force();
            file.size = file.channel.size();
        } catch (IOException e) {
            file.close();
            throw e;
        }
        return new Opened(file, records);
    }

    private static List<TokenRecord> live(List<TokenRecord> records, long nowSeconds) {
        return records.stream()
                .filter(record -> record.endSeconds() > nowSeconds)
                .toList();
    }

    static List<TokenRecord> read(Path path) throws IOException {
        String text = Files.readString(path, StandardCharsets.ISO_8859_1);
        if (!text.startsWith(HEADER)) {
            if (HEADER.startsWith(text)) {
                return List.of(); // the server ended while it made the file
            }
            throw damaged(path, "it does not begin with \"" + HEADER.strip() + "\"");
        }
        List<TokenRecord> records = new ArrayList<>();
        int tail = -1;
        int begin = HEADER.length();
        while (begin < text.length()) {
            int end = text.indexOf('\n', begin);
            Optional<TokenRecord> record = end < 0 ? Optional.empty() : TokenRecord.parse(text.substring(begin, end));
            if (record.isEmpty() && tail < 0) {
                tail = begin;
            } else if (record.isPresent() && tail >= 0) {
                throw damaged(path, "the line at byte " + tail + " is damaged, and lines after it are not");
            }
            record.ifPresent(records::add);
            begin = end < 0 ? text.length() : end + 1;
        }
        if (tail >= 0) {
            LOG.warn("event=journalTailDropped file=\"{}\" bytes={}", path, text.length() - tail);
        }
        return records;
    }

    private static IOException damaged(Path path, String how) {
        return new IOException("cannot use " + path + ": " + how
                + ". Restore it from a backup; without it, banned and revoked tokens open sessions again");
    }

    /**
     * Writes a new file beside the old one and puts it in the old one's place, so that a failure leaves one of them. The
     * directory is still to be forced.
     */
    private static FileChannel replace(DataDirectory directory, Path path, List<TokenRecord> records)
            throws IOException {
        Path draft = directory.file(NAME + ".new");
        FileChannel channel = FileChannel.open(
                draft, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
        try {
            StringBuilder text = new StringBuilder(HEADER);
            records.forEach(record -> text.append(record.toLine()).append('\n'));
            write(channel, text);
            channel.force(true);
            move(draft, path);
            return channel;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    private static void move(Path draft, Path path) throws IOException {
        try {
            Files.move(draft, path, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(draft, path, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static void write(FileChannel channel, CharSequence text) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.US_ASCII));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    long size() {
        return size;
    }

    /** Appends records and waits until they are on disk. After a failure the file is as before. */
    void append(List<TokenRecord> records) throws IOException {
        StringBuilder text = new StringBuilder();
        records.forEach(record -> text.append(record.toLine()).append('\n'));
        try {
            write(channel, text);
            channel.force(false);
            size = channel.position();
        } catch (IOException e) {
            channel.truncate(size);
            channel.position(size);
            throw e;
        }
    }

    /** Drops the records of tokens that have ended. */
    void compact(long nowSeconds) throws IOException {
        FileChannel fresh = replace(directory, path, live(read(path), nowSeconds));
        FileChannel old = channel;
        channel =
                fresh; // whatever fails from here on: the old file is no longer the one that is read at the next start
        size = fresh.position();
        old.close();
        directory.force();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
