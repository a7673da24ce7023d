package dev.videosession.media.internal.link.fuzz;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/** Changes characters and lines of a description without a notion of what they mean. */
final class TextMutation implements UnaryOperator<String> {
    private final RandomGenerator random;

    TextMutation(RandomGenerator random) {
        this.random = random;
    }

    @Override
    public String apply(String text) {
        StringBuilder changed = new StringBuilder(text);
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            change(changed);
        }
        return changed.toString();
    }

    private void change(StringBuilder text) {
        int at = text.length() == 0 ? 0 : random.nextInt(text.length());
        switch (random.nextInt(9)) {
            case 0 -> text.insert(at, Odd.text(random));
            case 1 -> text.setLength(at);
            case 2 -> text.delete(at, Math.min(text.length(), at + 1 + random.nextInt(40)));
            case 3 -> text.insert(at, text.substring(at, Math.min(text.length(), at + random.nextInt(200))));
            case 4 -> text.insert(at, (char) random.nextInt(0x250));
            case 5 -> lines(text);
            case 6 -> {
                String before = Odd.any(List.of("\r\n", " ", ":", "=", ";", "0", "1"), random);
                int found = text.indexOf(before, at);
                if (found >= 0) {
                    text.replace(found, found + before.length(), Odd.text(random));
                }
            }
            default -> {
                if (at < text.length()) {
                    text.setCharAt(at, (char) (text.charAt(at) ^ (1 << random.nextInt(8))));
                }
            }
        }
    }

    /** Moves, repeats or removes a line. */
    private void lines(StringBuilder text) {
        List<String> lines = new java.util.ArrayList<>(text.toString().lines().toList());
        if (lines.isEmpty()) {
            return;
        }
        String line = lines.get(random.nextInt(lines.size()));
        if (random.nextBoolean()) {
            lines.remove(line);
        }
        int copies = random.nextInt(10) == 0 ? 1100 : random.nextInt(3);
        for (int i = 0; i < copies; i++) {
            lines.add(random.nextInt(lines.size() + 1), line);
        }
        text.setLength(0);
        lines.forEach(each -> text.append(each).append("\r\n"));
    }
}
