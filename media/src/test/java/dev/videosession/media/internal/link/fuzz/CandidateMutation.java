package dev.videosession.media.internal.link.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Makes candidates: honest ones changed, and ones of its own. None names the address of a stranger. */
final class CandidateMutation {
    /** More than a signaling message can hold. */
    private static final int LONGEST = 100_000;

    private static final List<String> ADDRESSES = List.of(
            "192.0.2.7",
            "198.51.100.7",
            "203.0.113.7",
            "127.0.0.1",
            "127.0.0.2",
            "0.0.0.0",
            "255.255.255.255",
            "224.0.0.1",
            "169.254.169.254",
            "10.255.255.254",
            "2001:db8::7",
            "::1",
            "::",
            "::ffff:127.0.0.1",
            "fe80::1",
            "ff02::1",
            "fd00:ec2::254",
            "fd00::7",
            "3c6e1f9a-7c4b-4d0e-9f53-0a6b8f1d2c3e.local",
            "localhost",
            "example.invalid");

    private static final List<String> WHOLE = List.of(
            "",
            "candidate:",
            "candidate:%n%n%s%s",
            "a=candidate:1 1 udp 1 127.0.0.1 9 typ host",
            "candidate:1 1 udp 1 127.0.0.1 9 typ host generation %n",
            "candidate:1 1 ssltcp 1 127.0.0.1 9 typ host",
            "candidate:1 1 tcp 1 127.0.0.1 9 typ host tcptype %s",
            "candidate:1 1 udp 1 127.0.0.1 9 typ host ufrag %p",
            "candidate:1 1 udp 1 127.0.0.1 9 typ relay raddr %s rport 1");

    private final RandomGenerator random;

    CandidateMutation(RandomGenerator random) {
        this.random = random;
    }

    /** {@return a candidate that fits the grammar} */
    static String plain(RandomGenerator random) {
        boolean tcp = random.nextInt(4) == 0;
        return "candidate:" + Odd.token(random, 1 + random.nextInt(32)) + " 1 " + (tcp ? "tcp " : "udp ")
                + (1 + random.nextInt(Integer.MAX_VALUE)) + " " + ADDRESSES.get(random.nextInt(5)) + " "
                + (1 + random.nextInt(65_535)) + " typ " + Odd.any(List.of("host", "srflx", "prflx", "relay"), random)
                + (tcp ? " tcptype " + Odd.any(List.of("active", "passive", "so"), random) : "")
                + (random.nextBoolean() ? " generation " + random.nextInt(3) : "");
    }

    String apply(String honest) {
        String changed = switch (random.nextInt(6)) {
            case 0 -> Odd.any(WHOLE, random);
            case 1, 2 -> plain(random);
            case 3 -> new TextMutation(random).apply(honest);
            default -> word(honest.isEmpty() ? plain(random) : honest);
        };
        return Addresses.confine(changed.substring(0, Math.min(changed.length(), LONGEST)));
    }

    private String word(String candidate) {
        List<String> words = new ArrayList<>(List.of(candidate.split(" ", -1)));
        int at = random.nextInt(words.size());
        switch (random.nextInt(6)) {
            case 0 -> words.set(at, Odd.number(random));
            case 1 -> words.set(at, Odd.text(random));
            case 2 -> words.remove(at);
            case 3 -> words.addAll(List.of("x" + Odd.token(random, 3), Odd.text(random)));
            case 4 -> words.addAll(List.of("ufrag", Odd.token(random, 4)));
            default -> {
                if (words.size() > 4) {
                    words.set(4, Odd.any(ADDRESSES, random));
                }
            }
        }
        return String.join(" ", words);
    }
}
