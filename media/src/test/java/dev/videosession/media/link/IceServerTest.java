package dev.videosession.media.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class IceServerTest {
    @Test
    void secretsAreNeverPrinted() {
        IceServer server = new IceServer(List.of("turn:example.org"), "1700000000:ada", "s3cret");

        String printed = server + " " + new LinkConfig(List.of(server), LinkConfig.IcePolicy.RELAY);

        assertThat(printed)
                .contains("turn:example.org")
                .doesNotContain("s3cret")
                .doesNotContain("1700000000:ada");
    }

    @Test
    void serverWithoutUrlIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new IceServer(List.of(), null, null));
    }
}
