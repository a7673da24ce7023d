package dev.videosession.session.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.videosession.testsupport.JavaPrograms;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Two network namespaces with a cable between them, a call in one of them, and a subscriber in the other one. Skips the test on a machine
 * that does not permit that.
 */
final class LimitedPath implements AutoCloseable {
    private static final String HOST = "10.77.0.1";
    private static final String VIEWER = "10.77.0.2";

    private final String near = "near" + ProcessHandle.current().pid();
    private final String far = "far" + ProcessHandle.current().pid();
    private final List<Process> programs = new ArrayList<>();
    private final List<Sighting> sightings = new CopyOnWriteArrayList<>();
    private final List<String> calls = new CopyOnWriteArrayList<>();

    /** Something that a subscriber received. */
    record Sighting(long atMillis, String subscriber, String what, int width) {}

    LimitedPath() {
        this(true);
    }

    LimitedPath(boolean routed) {
        this(LimitedCallHost.class, routed);
    }

    /** Starts another program than a call: it gets its address, and whether media passes the router. */
    LimitedPath(Class<?> host, boolean routed) {
        assumeTrue(isPermitted(), "needs root, network namespaces (ip netns) and tc with tbf");
        run("ip", "netns", "add", near);
        run("ip", "netns", "add", far);
        run("ip", "link", "add", "cable", "netns", near, "type", "veth", "peer", "name", "cable", "netns", far);
        for (String each : List.of(near, far)) {
            run("ip", "-n", each, "link", "set", "lo", "up");
            // like Debian's default on such a path, and permitted here: with BBR, TCP can stay as slow as the limit was
            // after its end
            run("ip", "netns", "exec", each, "sysctl", "-qw", "net.ipv4.tcp_congestion_control=reno");
            run("ip", "-n", each, "addr", "add", (each.equals(near) ? HOST : VIEWER) + "/24", "dev", "cable");
            run("ip", "-n", each, "link", "set", "cable", "up");
        }
        start(near, host, List.of(HOST, routed ? "routed" : "relayed"));
    }

    private static boolean isPermitted() {
        String name = "probe" + ProcessHandle.current().pid();
        List<String> unused = new ArrayList<>();
        boolean permitted = Stream.of(
                        "ip netns add " + name,
                        "ip -n " + name + " link set lo up",
                        "ip netns exec " + name + " sysctl -qw net.ipv4.tcp_congestion_control=reno",
                        "tc -n " + name + " qdisc add dev lo root tbf rate 1mbit burst 5kb latency 400ms")
                .allMatch(each -> status(unused, each.split(" ")) == 0);
        status(unused, "ip", "netns", "del", name);
        return permitted;
    }

    private static void run(String... command) {
        List<String> output = new ArrayList<>();
        assertThat(status(output, command))
                .as("%s: %s", List.of(command), output)
                .isZero();
    }

    private static int status(List<String> output, String... command) {
        try {
            Process process = new ProcessBuilder(withSystemPath(List.of(command)))
                    .redirectErrorStream(true)
                    .start();
            output.add(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
            return process.waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A command that also finds programs of the system, which are not in the path of every user. */
    private static List<String> withSystemPath(List<String> command) {
        List<String> all = new ArrayList<>(List.of("sh", "-c", "PATH=$PATH:/usr/sbin:/sbin; exec \"$@\"", "sh"));
        all.addAll(command);
        return all;
    }

    private void start(String namespace, Class<?> program, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of("ip", "netns", "exec", namespace));
        command.addAll(JavaPrograms.java(program.getName()));
        command.addAll(arguments);
        try {
            Process process = new ProcessBuilder(withSystemPath(command))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            programs.add(process);
            Thread reader = new Thread(() -> read(process), "limited-path-" + namespace);
            reader.setDaemon(true);
            reader.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read(Process process) {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] words = line.split(" ", -1);
                if (words[0].equals("at")) {
                    sightings.add(
                            new Sighting(Long.parseLong(words[1]), words[2], words[3], Integer.parseInt(words[4])));
                } else if (words[0].equals("call")) {
                    calls.add(line);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean isReady() {
        return !calls.isEmpty();
    }

    void join() {
        join(LimitedCallViewer.class);
    }

    void join(Class<?> program) {
        start(far, program, List.of(calls.get(0).split(" ", -1)).subList(1, 4));
    }

    /** Limits what is sent to the subscriber. */
    void limit(int kilobits) {
        String[] rate = {"rate", kilobits + "kbit", "burst", "5kb", "latency", "400ms"};
        List<String> command = new ArrayList<>(
                List.of("ip", "netns", "exec", near, "tc", "qdisc", "replace", "dev", "cable", "root", "tbf"));
        command.addAll(List.of(rate));
        run(command.toArray(String[]::new));
    }

    /** Limits what the far participant sends. */
    void limitUpload(int kilobits) {
        run(
                "ip",
                "netns",
                "exec",
                far,
                "tc",
                "qdisc",
                "replace",
                "dev",
                "cable",
                "root",
                "tbf",
                "rate",
                kilobits + "kbit",
                "burst",
                "5kb",
                "latency",
                "400ms");
    }

    void unlimitUpload() {
        run("ip", "netns", "exec", far, "tc", "qdisc", "del", "dev", "cable", "root");
    }

    /** Loses every tenth datagram to the subscriber. */
    void loseTenth() {
        lose(far, HOST, 10);
    }

    /** Loses a share of the datagrams to the far participant. */
    void lose(int percent) {
        lose(far, HOST, percent);
    }

    /** Loses a share of the datagrams that the far participant sends. */
    void loseUpload(int percent) {
        lose(near, VIEWER, percent);
    }

    /** Drops on arrival: the sender learns of datagrams that are dropped on the way out, unlike on a real path. */
    private void lose(String namespace, String from, int percent) {
        nft(namespace, "add", "table", "inet", "loss");
        nft(namespace, "add", "chain", "inet", "loss", "in", "{ type filter hook input priority 0; }");
        nft(
                namespace,
                "add",
                "rule",
                "inet",
                "loss",
                "in",
                "ip",
                "saddr",
                from,
                "udp",
                "dport",
                "1-65535",
                "numgen",
                "random",
                "mod",
                "100",
                "<",
                String.valueOf(percent),
                "drop");
    }

    void loseNothing() {
        nft(far, "delete", "table", "inet", "loss");
    }

    void loseNothingOfUpload() {
        nft(near, "delete", "table", "inet", "loss");
    }

    private static void nft(String namespace, String... words) {
        List<String> command = new ArrayList<>(List.of("ip", "netns", "exec", namespace, "nft"));
        command.addAll(List.of(words));
        run(command.toArray(String[]::new));
    }

    void unlimit() {
        run("ip", "netns", "exec", near, "tc", "qdisc", "del", "dev", "cable", "root");
    }

    /** What a subscriber received from a time on, in order. */
    List<Sighting> since(long millis, String subscriber, String what) {
        return sightings.stream()
                .filter(each -> each.atMillis() >= millis
                        && each.subscriber().equals(subscriber)
                        && each.what().equals(what))
                .toList();
    }

    /** Everything that a subscriber or path reported, in order. */
    List<Sighting> reports(String subscriber) {
        return sightings.stream()
                .filter(each -> each.subscriber().equals(subscriber))
                .toList();
    }

    List<Sighting> events(long millis) {
        return sightings.stream()
                .filter(each -> each.atMillis() >= millis
                        && !each.what().equals("frame")
                        && !each.what().equals("audio"))
                .toList();
    }

    @Override
    public void close() {
        for (Process each : programs) {
            try {
                each.getOutputStream().close();
                if (!each.waitFor(5, TimeUnit.SECONDS)) {
                    each.destroyForcibly();
                }
            } catch (IOException | InterruptedException e) {
                each.destroyForcibly();
            }
        }
        run("ip", "netns", "del", near);
        run("ip", "netns", "del", far);
    }
}
