package dev.videosession.app.turn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Machines in network namespaces of Linux, each with one address, joined by a router that forwards between them as its nftables rules
 * permit. Nothing of it can reach the real network.
 */
final class VirtualNetwork implements AutoCloseable {
    private static final String GATEWAY = "192.0.2.1";
    private static final String ROUTER = "vs" + ProcessHandle.current().pid() + "r";
    private static final long COMMAND_SECONDS = 20;

    private final List<String> namespaces = new ArrayList<>();

    /** One machine. */
    record Machine(String namespace, String address) {
        /** {@return a command that runs in the network of this machine} */
        List<String> command(List<String> words) {
            List<String> all = new ArrayList<>(List.of("ip", "netns", "exec", namespace));
            all.addAll(words);
            return all;
        }
    }

    private VirtualNetwork() {}

    /** Creates a network with a router only. Skips the test on a machine that does not permit namespaces. */
    static VirtualNetwork create() throws Exception {
        assumeTrue(
                run("ip netns add " + ROUTER + " && ip netns exec " + ROUTER + " nft list ruleset", "") == 0,
                "needs root, network namespaces (ip netns) and nft");
        VirtualNetwork network = new VirtualNetwork();
        network.namespaces.add(ROUTER);
        require("ip -n " + ROUTER + " link set lo up");
        require("ip netns exec " + ROUTER + " sysctl -qw net.ipv4.ip_forward=1");
        return network;
    }

    /** Adds a machine. */
    Machine machine(String address) throws Exception {
        int number = namespaces.size();
        String name = ROUTER + number;
        String port = "port" + number;
        namespaces.add(name);
        require(String.join(
                " && ",
                "ip netns add " + name,
                "ip -n " + name + " link set lo up",
                "ip link add eth0 netns " + name + " type veth peer name " + port + " netns " + ROUTER,
                "ip -n " + ROUTER + " link set " + port + " up",
                "ip -n " + ROUTER + " addr add " + GATEWAY + "/32 dev " + port,
                "ip -n " + ROUTER + " route add " + address + " dev " + port,
                "ip -n " + name + " addr add " + address + "/32 dev eth0",
                "ip -n " + name + " link set eth0 up",
                "ip -n " + name + " route add " + GATEWAY + " dev eth0",
                "ip -n " + name + " route add default via " + GATEWAY));
        return new Machine(name, address);
    }

    /** Runs a command in the network of a machine. */
    void run(Machine machine, String command) throws Exception {
        require("ip netns exec " + machine.namespace() + " " + command);
    }

    /** Replaces the rules of the router; connections that exist are cut if the new rules do not permit them. */
    void rules(String nftables) throws Exception {
        assertThat(run("ip netns exec " + ROUTER + " nft -f -", "flush ruleset\n" + nftables))
                .as("nft accepts %s", nftables)
                .isZero();
    }

    /** What the router's rules are, with the values of their counters. */
    String rules() throws Exception {
        Path output = Files.createTempFile("rules", ".txt");
        try {
            require("ip netns exec " + ROUTER + " nft list ruleset >" + output);
            return Files.readString(output);
        } finally {
            Files.delete(output);
        }
    }

    private static void require(String script) throws Exception {
        assertThat(run(script, "")).as(script).isZero();
    }

    private static int run(String script, String input) throws IOException, InterruptedException {
        Process process = new ProcessBuilder("sh", "-c", "PATH=$PATH:/usr/sbin:/sbin; " + script)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (var in = process.outputWriter(StandardCharsets.UTF_8)) {
            in.write(input);
        } catch (IOException e) {
            // the command ended without reading its input: its status says whether that is a failure
        }
        if (!process.waitFor(COMMAND_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException("did not end: " + script);
        }
        return process.exitValue();
    }

    @Override
    public void close() throws Exception {
        for (String each : namespaces) {
            run("ip netns del " + each, "");
        }
    }
}
