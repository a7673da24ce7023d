package dev.videosession.benchmark;

import dev.videosession.benchmark.peer.Installation;
import dev.videosession.benchmark.peer.JavaOptions;
import dev.videosession.benchmark.peer.Peer;
import dev.videosession.benchmark.peer.Peers;
import dev.videosession.benchmark.report.Machine;
import dev.videosession.benchmark.report.Report;
import dev.videosession.benchmark.scenario.Scenario;
import dev.videosession.benchmark.scenario.Scenarios;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command line. Without a name: every benchmark. */
@Command(
        name = "bench",
        description = "Compares the server with others. Tables and plots go to target/bench.",
        mixinStandardHelpOptions = true)
public final class BenchmarkCommand implements Callable<Integer> {
    @Parameters(
            arity = "0..*",
            paramLabel = "NAME",
            description = "Benchmarks: ${COMPLETION-CANDIDATES}",
            completionCandidates = Names.class)
    private List<String> names = List.of();

    @Option(names = "--peer", paramLabel = "NAME", description = "Only servers whose name contains this.")
    private String peer = "";

    @Option(
            names = "--java-options",
            paramLabel = "OPTIONS",
            description = "Options of the Java runtime of the servers in Java, instead of those of the start script.")
    private String javaOptions = String.join(" ", JavaOptions.server());

    @Option(
            names = "--root",
            paramLabel = "DIRECTORY",
            description = "The checkout.",
            defaultValue = ".",
            hidden = true)
    private Path root = Path.of(".");

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandLine.Model.CommandSpec spec;

    /** Names of the benchmarks. */
    static final class Names implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Scenarios.all().stream().map(Scenario::name).iterator();
        }
    }

    /**
     * Runs benchmarks and ends the process.
     *
     * @param arguments names and options
     */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new BenchmarkCommand()).execute(arguments));
    }

    @Override
    public Integer call() {
        for (String name : names) {
            if (Scenarios.all().stream().noneMatch(each -> each.name().equals(name))) {
                throw new ParameterException(
                        spec.commandLine(), "No benchmark " + name + ". There are: " + String.join(", ", new Names()));
            }
        }
        Path sources = root.resolve(Path.of("benchmarks", "src", "main", "peers"));
        Installation installation = new Installation(
                sources, root.resolve(Path.of("target", "peers")).toAbsolutePath());
        List<Peer> peers = Peers.all(installation, List.of(javaOptions.split(" ", -1))).stream()
                .filter(each -> each.name().contains(peer))
                .toList();
        List<String> versions = peers.stream()
                .map(each -> each.name() + " (" + each.version() + ")")
                .toList();
        for (Scenario scenario : Scenarios.all()) {
            if (names.isEmpty() || names.contains(scenario.name())) {
                String heading = Machine.heading("./run bench " + scenario.name(), versions);
                Path directory = root.resolve(Path.of("target", "bench"));
                scenario.run(peers, new Report(directory, scenario.name(), heading, System.out));
            }
        }
        return 0;
    }
}
