package dev.videosession.app.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.app.Main;
import dev.videosession.app.process.Child;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A command that cannot start says why in one line that names the option or file, and exits with 2. */
class StartErrorsIT {
    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "server --api-key 1 --api-secret-file missing | run server: cannot read missing: no such file",
                "server --projects missing | run server: cannot read missing: no such file",
                "server --config typo.properties | nearest known key is port",
                "server --dev --port 99999 | --port: port must be from 0 to 65535",
                "server --dev --no-such-option | --no-such-option",
                "token --api-key 1 --session 1_x | --api-secret-file",
                "token --api-key 1 --api-secret-file missing --session 1_x | run token: cannot read missing",
                "session nowhere --api-key 1 --api-secret-file missing | run session: ",
                "call | run call: a window needs a display",
                "nonsense | nonsense"
            })
    void oneLineThatNamesItAndExitCode2(String command, String expected) throws Exception {
        Files.writeString(directory.resolve("typo.properties"), "prot=1");
        List<String> arguments = new ArrayList<>(List.of(Main.class.getName()));
        arguments.addAll(List.of(command.strip().split(" ")));
        try (Child child = Child.java("child", directory, Map.of("VIDEOSESSION_API_SECRET", ""), arguments)) {
            assertThat(child.exitCode()).isEqualTo(2);
            assertThat(child.lines()).isEmpty();
            assertThat(Files.readAllLines(directory.resolve("child.log")))
                    .singleElement()
                    .asString()
                    .contains(expected);
        }
    }
}
