package dev.videosession.media.internal.link.fuzz;

import java.util.List;
import java.util.random.RandomGenerator;

/** Values that parsers and native code are known to trip over, and plain random ones. */
final class Odd {
    private static final List<String> NUMBERS = List.of(
            "0",
            "-1",
            "1",
            "13",
            "35",
            "63",
            "64",
            "95",
            "96",
            "127",
            "128",
            "255",
            "256",
            "65535",
            "65536",
            "2147483647",
            "2147483648",
            "-2147483648",
            "4294967295",
            "4294967296",
            "9223372036854775807",
            "18446744073709551615",
            "18446744073709551616",
            "99999999999999999999999999999999",
            "007",
            "+1",
            "1e9",
            "0x10",
            "1.5",
            "",
            "NaN",
            "\u0661");

    private static final List<String> TEXTS = List.of(
            "%n%n%n%n",
            "%s%s%s%s%n",
            "%p",
            "%1000000d",
            "%",
            "\0",
            "\r",
            "\n",
            "\t",
            " ",
            "\u00e9",
            "\ud83d\ude00",
            "*",
            ";",
            ",",
            "=",
            ":",
            "/",
            "~",
            "..",
            "a=candidate:%n%n%s%s",
            "v=0",
            "m=video 9 UDP/TLS/RTP/SAVPF 96");

    private Odd() {}

    static String number(RandomGenerator random) {
        return random.nextInt(4) == 0
                ? Long.toUnsignedString(random.nextLong() >>> random.nextInt(64))
                : any(NUMBERS, random);
    }

    static String text(RandomGenerator random) {
        return switch (random.nextInt(8)) {
            case 0 -> "A".repeat(1 << random.nextInt(17));
            case 1 -> number(random);
            case 2 -> token(random, 1 + random.nextInt(300));
            default -> any(TEXTS, random);
        };
    }

    /** Letters and digits. */
    static String token(RandomGenerator random, int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789".charAt(random.nextInt(62)));
        }
        return text.toString();
    }

    static String hex(RandomGenerator random, int bytes) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < bytes; i++) {
            text.append(i == 0 ? "" : ":").append(String.format("%02X", random.nextInt(256)));
        }
        return text.toString();
    }

    static <T> T any(List<T> from, RandomGenerator random) {
        return from.get(random.nextInt(from.size()));
    }
}
