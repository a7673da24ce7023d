package dev.videosession.server;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;

/** Breaks good input in ways that matter to its reader. */
public final class Mutator {
    private static final List<String> NUMBERS = List.of(
            "0",
            "-1",
            "1",
            "1.5",
            "1e3",
            "1e999",
            "NaN",
            "2147483648",
            "31556889864403200",
            "9223372036854775807",
            "9223372036854775808",
            "99999999999999999999999999",
            "0x10",
            "+1",
            "01");
    private static final List<String> PIECES = List.of(
            "\r\n",
            "\n",
            "\r",
            "\0",
            " ",
            "\t",
            ":",
            ";",
            ",",
            "=",
            "&",
            "?",
            "#",
            "%",
            "%00",
            "%2F",
            "%zz",
            "%c0%af",
            "/",
            "//",
            "/../",
            "\\",
            "\"",
            "'",
            "{",
            "}",
            "[",
            "]",
            "[[[[[[[[",
            "{\"a\":",
            "null",
            "true",
            "\\ud800",
            "~",
            ".",
            "..",
            "==",
            "T1==",
            "-",
            "_",
            "+",
            "<",
            ">",
            "\u00FF",
            "\u0080",
            "\uD83D\uDE00",
            "\uFEFF",
            "chunked",
            "HTTP/1.1",
            "HTTP/1.0",
            "HTTP/9.9",
            "0\r\n\r\n",
            "\r\n\r\n",
            "Content-Length: 5\r\n",
            "Transfer-Encoding: chunked\r\n");

    private final SplittableRandom random;

    public Mutator(SplittableRandom random) {
        this.random = random;
    }

    public <T> T oneOf(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    public String number() {
        return oneOf(NUMBERS);
    }

    public boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    byte[] noise(int longest) {
        byte[] noise = new byte[random.nextInt(longest + 1)];
        random.nextBytes(noise);
        return noise;
    }

    /** A few edits of bytes. */
    public byte[] bytes(byte[] good) {
        byte[] result = good;
        for (int edits = 1 + random.nextInt(4); edits > 0; edits--) {
            result = edited(result);
        }
        return result;
    }

    /** A few edits; what is no UTF-8 afterwards is replaced. */
    public String text(String good) {
        return new String(bytes(good.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
    }

    private byte[] edited(byte[] good) {
        int from = random.nextInt(good.length + 1);
        int to = Math.min(good.length, from + random.nextInt(chance(0.2) ? good.length + 1 : 4));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(good, 0, from);
        switch (random.nextInt(7)) {
            case 0 -> out.writeBytes(noise(4));
            case 1 -> out.writeBytes(oneOf(PIECES).getBytes(StandardCharsets.UTF_8));
            case 2 -> out.writeBytes(oneOf(NUMBERS).getBytes(StandardCharsets.UTF_8));
            case 3 -> { // twice
                out.write(good, from, to - from);
                out.write(good, from, to - from);
            }
            case 4 -> { // one bit
                if (to > from) {
                    out.write(good[from] ^ (1 << random.nextInt(8)));
                    out.write(good, from + 1, to - from - 1);
                }
            }
            case 5 ->
                out.writeBytes(oneOf(PIECES)
                        .repeat(1 + random.nextInt(chance(0.1) ? 3000 : 5))
                        .getBytes(StandardCharsets.UTF_8));
            default -> {} // left out
        }
        out.write(good, to, good.length - to);
        return out.toByteArray();
    }
}
