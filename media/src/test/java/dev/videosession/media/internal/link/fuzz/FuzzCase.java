package dev.videosession.media.internal.link.fuzz;

import dev.videosession.media.internal.link.FuzzVictim;
import dev.videosession.media.internal.link.LinkDescription;
import dev.videosession.media.internal.link.RemoteDescription;
import dev.videosession.protocol.DescriptionKind;
import dev.videosession.protocol.sdp.SessionDescription;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * One pair of links whose signaling an attacker carries. Everything the attacker does follows from the seed and from what the
 * links say.
 */
final class FuzzCase implements Runnable {
    private static final String APPLIED = "applied";
    /** More than a signaling message can hold. */
    private static final int LONGEST = 100_000;

    private static final long ANSWER_MILLIS = 3_000;
    private static final long CONNECT_MILLIS = 2_500;

    private final long seed;
    private final RandomGenerator random;
    private final VictimProcess victim;
    private final List<String> recordedOffers;
    private final FuzzFigures figures;
    private final BlockingQueue<String[]> events;
    private final String id;

    private final Map<String, String> outcomes = new HashMap<>();
    private final Set<String> changed = new HashSet<>();
    private final Set<String> connected = new HashSet<>();
    private final Map<Integer, List<String[]>> found = new HashMap<>();
    private final List<String> answers = new ArrayList<>();
    private String offer = "";
    private int offered;
    private int delivered;
    private int answered;
    private boolean attacked;

    FuzzCase(long seed, VictimProcess victim, List<String> recordedOffers, FuzzFigures figures) {
        this.seed = seed;
        this.victim = victim;
        this.recordedOffers = recordedOffers;
        this.figures = figures;
        random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        id = Long.toString(seed);
        events = victim.listen(id);
    }

    @Override
    public void run() {
        victim.send("open " + id + " " + Odd.any(List.of("both", "both", "video", "audio"), random));
        if (await(() -> offered > 0, ANSWER_MILLIS)) {
            boolean gone = false;
            for (int round = random.nextInt(5); round > 0 && !gone && victim.isAlive(); round--) {
                attackSubscriber();
                attackPublisher();
                gone = interrupt();
                if (!gone) {
                    renew();
                }
            }
            if (!gone && random.nextInt(3) > 0) {
                connect();
            }
        }
        victim.send("close " + id);
        victim.forget(id);
        figures.cases.increment();
    }

    // ---- what the attacker does

    private void attackSubscriber() {
        for (int i = random.nextInt(5); i > 0; i--) {
            String from = random.nextInt(8) == 0 ? Odd.any(recordedOffers, random) : offer;
            int number = random.nextInt(30) == 0 ? delivered : ++delivered;
            deliver("in", number, DescriptionKind.OFFER, mutated(DescriptionKind.OFFER, from));
            candidates("in", number);
            if (random.nextInt(8) > 0) {
                await(() -> outcomes.containsKey("in" + number), ANSWER_MILLIS);
            }
        }
        if (random.nextBoolean()) {
            int number = ++delivered;
            deliver("in", number, DescriptionKind.OFFER, offer);
            await(() -> answered >= number || isLost(number), ANSWER_MILLIS);
        }
    }

    /** Whether no answer to this offer will come. */
    private boolean isLost(int number) {
        return !APPLIED.equals(outcomes.getOrDefault("in" + number, APPLIED));
    }

    private void attackPublisher() {
        if (random.nextInt(8) == 0) {
            return;
        }
        int number = random.nextInt(30) == 0 ? random.nextInt(5) : offered;
        String from = !answers.isEmpty() && random.nextInt(4) == 0 ? Odd.any(answers, random) : answer(offer);
        if (random.nextInt(4) == 0) {
            candidates("out", number);
        }
        String text = mutated(DescriptionKind.ANSWER, from);
        deliver("out", number, DescriptionKind.ANSWER, text);
        candidates("out", number);
        if (random.nextInt(10) == 0) {
            deliver("out", number, DescriptionKind.ANSWER, text);
        }
        await(() -> outcomes.containsKey("out" + number), ANSWER_MILLIS);
    }

    /** The answer of an endpoint that only receives, with made-up credentials. */
    private String answer(String to) {
        String role = random.nextBoolean() ? "active" : "passive";
        return to.replace("a=sendonly", "a=recvonly")
                .replace("a=sendrecv", "a=recvonly")
                .replace("a=setup:actpass", "a=setup:" + role)
                .replaceAll("a=ssrc[^\r]*\r\n", "")
                .replaceAll("a=msid:[^\r]*\r\n", "")
                .replaceAll("a=ice-ufrag:[^\r]*", "a=ice-ufrag:" + Odd.token(random, 8))
                .replaceAll("a=ice-pwd:[^\r]*", "a=ice-pwd:" + Odd.token(random, 24))
                .replaceAll("a=fingerprint:[^\r]*", "a=fingerprint:sha-256 " + Odd.hex(random, 32));
    }

    private String mutated(DescriptionKind kind, String text) {
        int level = random.nextInt(100);
        String changed = level < 75
                ? new MeaningMutation(kind, random).apply(text)
                : level < 90 ? new StructureMutation(random).apply(text) : new TextMutation(random).apply(text);
        return Addresses.confine(changed.substring(0, Math.min(changed.length(), LONGEST)));
    }

    private void candidates(String end, int number) {
        for (int i = random.nextInt(15); i > 0; i--) {
            List<String[]> honest = found.getOrDefault(offered, List.of());
            String[] from = honest.isEmpty() ? new String[] {"MA==", "0", ""} : Odd.any(honest, random);
            String mid = random.nextInt(10) == 0 ? FuzzVictim.encode(Odd.text(random)) : from[0];
            String index = random.nextInt(10) == 0 ? Integer.toString(random.nextInt()) : from[1];
            int about = random.nextInt(10) == 0 ? random.nextInt(-2, 20) : number;
            String text = new CandidateMutation(random).apply(decode(from[2]));
            victim.send("candidate " + id + " " + end + " " + about + " " + mid + " " + index + " "
                    + FuzzVictim.encode(text));
            figures.candidates.increment();
        }
    }

    /** True if an end is closed now. */
    private boolean interrupt() {
        switch (random.nextInt(16)) {
            case 0 -> {
                victim.send("closeSender " + id);
                attackSubscriber();
                return true;
            }
            case 1 -> {
                victim.send("closeReceiver " + id);
                attackPublisher();
                return true;
            }
            case 2 -> victim.send("settings " + id + " off");
            case 3 -> victim.send("settings " + id + " on");
            default -> await(() -> true, 0);
        }
        return false;
    }

    private void renew() {
        int last = offered;
        victim.send("offer " + id);
        await(() -> offered > last, ANSWER_MILLIS);
    }

    /** Carries an exchange as it is, so that the links connect if the attack left them a chance. */
    private void connect() {
        renew();
        int negotiation = offered;
        int number = ++delivered;
        deliver("in", number, DescriptionKind.OFFER, offer);
        if (!await(() -> answered >= number || isLost(number), ANSWER_MILLIS) || answered < number) {
            return;
        }
        deliver("out", negotiation, DescriptionKind.ANSWER, answers.get(answers.size() - 1));
        int carried = 0;
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(CONNECT_MILLIS);
        while (connected.size() < 2 && System.nanoTime() < end && victim.isAlive()) {
            List<String[]> honest = found.getOrDefault(negotiation, List.of());
            for (; carried < honest.size(); carried++) {
                String[] each = honest.get(carried);
                victim.send("candidate " + id + " in " + number + " " + each[0] + " " + each[1] + " " + each[2]);
            }
            await(() -> connected.size() == 2, 50);
        }
    }

    private void deliver(String end, int number, DescriptionKind kind, String text) {
        String name = end + number;
        outcomes.remove(name);
        changed.remove(name);
        if (!text.equals(offer) && !answers.contains(text)) {
            changed.add(name);
            attacked = true;
            figures.of(end, "mutated").increment();
            if (RemoteDescription.parse(number, kind, text) instanceof LinkDescription parsed) {
                figures.of(end, "grammar").increment();
                requireSafe(kind, parsed.description());
            }
        }
        victim.send(
                "description " + id + " " + end + " " + number + " " + kind.wireName() + " " + FuzzVictim.encode(text));
    }

    /** Whatever passes the grammar is rebuilt as plain text without a format specifier, and means the same when read again. */
    private void requireSafe(DescriptionKind kind, SessionDescription description) {
        String rebuilt = description.toSdp();
        boolean plain = rebuilt.chars().allMatch(c -> c == '\r' || c == '\n' || (c >= ' ' && c <= '~' && c != '%'));
        if (!plain || !SessionDescription.parse(kind, rebuilt).equals(description)) {
            throw new AssertionError("Seed " + seed + ": the grammar rebuilt this:\n" + rebuilt);
        }
    }

    // ---- what the links say

    private boolean await(BooleanSupplier condition, long millis) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        try {
            drain();
            while (!condition.getAsBoolean()) {
                long left = end - System.nanoTime();
                if (left <= 0 || !victim.isAlive()) {
                    return false;
                }
                String[] event = events.poll(Math.min(left, 500_000_000L), TimeUnit.NANOSECONDS);
                if (event != null) {
                    take(event);
                    drain();
                }
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void drain() {
        for (String[] event = events.poll(); event != null; event = events.poll()) {
            take(event);
        }
    }

    private void take(String[] event) {
        String end = event[2];
        switch (event[0]) {
            case "description" -> {
                int number = Integer.parseInt(event[3]);
                if (end.equals("out")) {
                    offer = decode(event[5]);
                    offered = number;
                } else {
                    answers.add(decode(event[5]));
                    answered = number;
                }
            }
            case "candidate" -> {
                if (end.equals("out")) {
                    found.computeIfAbsent(Integer.valueOf(event[3]), absent -> new ArrayList<>())
                            .add(new String[] {event[4], event[5], event[6]});
                }
            }
            case "state" -> {
                if (event[3].equals("CONNECTED") && connected.add(end) && attacked) {
                    figures.connected.increment();
                }
            }
            case "took" -> {
                outcomes.put(end + event[3], event[4]);
                if (changed.contains(end + event[3])) {
                    figures.of(end, event[4]).increment();
                }
            }
            default -> throw new IllegalArgumentException(event[0]);
        }
    }

    private static String decode(String text) {
        return new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8);
    }
}
