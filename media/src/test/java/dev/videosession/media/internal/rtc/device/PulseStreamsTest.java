package dev.videosession.media.internal.rtc.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PulseStreamsTest {
    private static final String SOURCES = """
            Source #4
            \tState: RUNNING
            \tName: desk
            \tDescription: Desk
            Source #5
            \tName: headset
            \tDescription: Headset
            """;
    private static final String OUTPUTS = """
            Source Output #3
            \tDriver: protocol-native.c
            \tSource: 4
            \tProperties:
            \t\tapplication.process.id = "77"
            Source Output #8
            \tSource: 4
            \tProperties:
            \t\tapplication.process.id = "99"
            """;

    private final List<String> moves = new ArrayList<>();
    private final PulseStreams streams = new PulseStreams(this::run, PulseStreams.Way.RECORDING, 77);
    private boolean installed = true;

    private String run(List<String> command) throws IOException {
        if (!installed) {
            throw new IOException("No such file or directory");
        }
        String line = String.join(" ", command);
        if (line.equals("pactl list sources")) {
            return SOURCES;
        }
        if (line.equals("pactl list source-outputs")) {
            return OUTPUTS;
        }
        moves.add(line);
        return "";
    }

    @Test
    void ownStreamIsMovedToTheDeviceAndNoOther() {
        streams.moveTo("Headset");
        assertThat(moves).containsExactly("pactl move-source-output 3 5");
    }

    @Test
    void streamThatIsThereAlreadyStays() {
        streams.moveTo("Desk");
        assertThat(moves).isEmpty();
    }

    @Test
    void missingProgramIsNamed() {
        installed = false;
        assertThatIllegalStateException()
                .isThrownBy(() -> streams.moveTo("Headset"))
                .withMessageContaining("pulseaudio-utils");
    }

    @Test
    void missingDeviceIsNamed() {
        assertThatIllegalStateException()
                .isThrownBy(() -> streams.moveTo("Hall"))
                .withMessageContaining("Hall");
    }
}
