package dev.videosession.app.turn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.app.Main;
import dev.videosession.app.document.Document;
import dev.videosession.app.process.Child;
import dev.videosession.testsupport.JavaPrograms;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** "Make a call between two machines" in README.md, on two machines: only bots take the place of the windows. */
@Tag("faults")
class ReadmeCallIT {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @TempDir
    private Path directory;

    @Test
    void participantsOnTwoMachinesReceiveEachOther() throws Exception {
        List<String> steps = steps();
        try (VirtualNetwork network = VirtualNetwork.create()) {
            VirtualNetwork.Machine first = network.machine("192.0.2.10"); // the address in the document
            VirtualNetwork.Machine second = network.machine("192.0.2.20");
            try (Child server = start("server", first, steps.get(0))) {
                server.line("ready", LIMIT, line -> line.startsWith("listening on "));
                String session = printed(server, "session");
                String token = printed(server, "token-publisher");
                try (Child ada = join(first, steps.get(1), session, token);
                        Child bob = join(second, steps.get(2), session, token)) {
                    assertThat(ada.event("firstFrame", LIMIT)).isNotEmpty();
                    assertThat(bob.event("firstFrame", LIMIT)).isNotEmpty();
                    assertThat(streamNames(ada)).containsExactly("Bob");
                    assertThat(streamNames(bob)).containsExactly("Ada");
                }
            }
        }
    }

    /** {@return the commands of the three steps} */
    private static List<String> steps() throws Exception {
        List<String> steps = Document.blocks("sh").stream()
                .filter(block -> block.document().equals("README.md"))
                .map(block -> String.join("\n", block.commands()))
                .filter(command -> command.startsWith("./run server") || command.startsWith("./run call"))
                .toList();
        assertThat(steps).hasSize(3);
        return steps;
    }

    private Child join(VirtualNetwork.Machine machine, String step, String session, String token) throws Exception {
        String name = step.substring(step.lastIndexOf(' ') + 1);
        return start(
                name,
                machine,
                step.replace("./run call", "./run bot")
                        .replace("SESSION", session)
                        .replace("TOKEN", token));
    }

    private Child start(String name, VirtualNetwork.Machine machine, String step) throws Exception {
        List<String> command = JavaPrograms.java(Main.class.getName());
        command.addAll(Arrays.asList(step.replaceFirst("^\\./run ", "").split(" ", -1)));
        return Child.start(name, Files.createDirectory(directory.resolve(name)), Map.of(), machine.command(command));
    }

    private static String printed(Child server, String what) {
        return server.lines().stream()
                .filter(line -> line.startsWith(what + " "))
                .findFirst()
                .orElseThrow()
                .substring(what.length() + 1);
    }

    private static List<Object> streamNames(Child bot) {
        return bot.events().stream()
                .filter(event -> "streamCreated".equals(event.get("event")))
                .map(event -> event.get("name"))
                .toList();
    }
}
