package dev.videosession.media.internal.link.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/** A description as lists of lines that a mutation may change: the session's, then one for each section. */
final class Sections {
    final List<List<String>> blocks = new ArrayList<>();

    Sections(String sdp) {
        blocks.add(new ArrayList<>());
        sdp.lines().forEach(line -> {
            if (line.startsWith("m=")) {
                blocks.add(new ArrayList<>());
            }
            blocks.get(blocks.size() - 1).add(line);
        });
    }

    /** A media section, or the session's lines if there is none. */
    List<String> anySection(RandomGenerator random) {
        return blocks.get(blocks.size() == 1 ? 0 : 1 + random.nextInt(blocks.size() - 1));
    }

    List<String> anyBlock(RandomGenerator random) {
        return Odd.any(blocks, random);
    }

    List<List<String>> sections() {
        return blocks.subList(1, blocks.size());
    }

    static int find(List<String> lines, String start, RandomGenerator random) {
        List<Integer> found = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).startsWith(start)) {
                found.add(i);
            }
        }
        return found.isEmpty() ? -1 : Odd.any(found, random);
    }

    static String value(List<String> lines, String start) {
        return lines.stream()
                .filter(line -> line.startsWith(start))
                .map(line -> line.substring(start.length()))
                .findFirst()
                .orElse("");
    }

    static void set(List<String> lines, String start, String value) {
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).startsWith(start)) {
                lines.set(i, start + value);
                return;
            }
        }
        lines.add(start + value);
    }

    String text() {
        return blocks.stream().flatMap(List::stream).map(line -> line + "\r\n").collect(Collectors.joining());
    }
}
