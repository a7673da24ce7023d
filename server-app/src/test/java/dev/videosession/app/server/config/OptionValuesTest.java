package dev.videosession.app.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class OptionValuesTest {
    private static Map<String, String> given(String... arguments) {
        CommandLine command = new CommandLine(new ServerOptions());
        command.parseArgs(arguments);
        return OptionValues.given(command.getCommandSpec());
    }

    @Test
    void optionThatIsGivenSeveralTimesIsOneList() {
        assertThat(given("--trusted-proxy", "10.0.0.0/8", "--trusted-proxy", "fd00::/8,127.0.0.1"))
                .containsExactly(Map.entry("trusted-proxy", "10.0.0.0/8,fd00::/8,127.0.0.1"));
        assertThat(given("--port", "1")).containsExactly(Map.entry("port", "1"));
        assertThat(OptionValues.known(new CommandLine(new ServerOptions()).getCommandSpec()))
                .contains("trusted-proxy", "port");
    }
}
