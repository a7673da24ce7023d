package dev.videosession.protocol.sdp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One offer that a real endpoint made, the answer to it, and the candidates of both; see {@code recorded/README.md}.
 *
 * @param name of the file, without its ending
 * @param offer as it was sent, with CR LF
 * @param answer as it was sent, or null if the recording has none
 * @param offerCandidates as the offerer trickled them
 * @param answerCandidates as the answerer trickled them
 */
record Recording(
        String name,
        String offer,
        @Nullable String answer,
        List<Candidate> offerCandidates,
        List<Candidate> answerCandidates) {
    /** A trickled candidate: its text is empty for the end of candidates. */
    record Candidate(String mid, int sectionIndex, String text) {
        static Candidate parse(String line) {
            String[] words = line.split(" ", 3);
            return new Candidate(words[0], Integer.parseInt(words[1]), words.length < 3 ? "" : words[2]);
        }
    }

    private static final String SEPARATOR = "--- ";

    static List<Recording> all() {
        try (Stream<Path> files =
                Files.list(Path.of(Objects.requireNonNull(Recording.class.getResource("recorded"), "recorded")
                        .toURI()))) {
            return files.filter(file -> file.toString().endsWith(".txt"))
                    .sorted()
                    .map(Recording::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Recording read(Path file) {
        Map<String, StringBuilder> parts = new LinkedHashMap<>();
        StringBuilder part = new StringBuilder();
        try {
            for (String line : Files.readAllLines(file)) {
                if (line.startsWith(SEPARATOR)) {
                    part = parts.computeIfAbsent(line.substring(SEPARATOR.length()), name -> new StringBuilder());
                } else {
                    part.append(line).append("\r\n");
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        StringBuilder answer = parts.get("answer");
        return new Recording(
                file.getFileName().toString().replace(".txt", ""),
                Objects.requireNonNull(parts.get("offer"), "offer").toString(),
                answer == null ? null : answer.toString(),
                candidates(parts.get("offer candidates")),
                candidates(parts.get("answer candidates")));
    }

    private static List<Candidate> candidates(@Nullable StringBuilder lines) {
        return lines == null
                ? List.of()
                : lines.toString().lines().map(Candidate::parse).toList();
    }

    @Override
    public String toString() {
        return name;
    }
}
