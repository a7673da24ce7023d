package dev.videosession.app.invitation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.videosession.session.ServerAddress;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InvitationTest {
    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1:8080", "https://video.example.org/prefix", "https://[::1]:8443"})
    void linkIsReadBack(String server) {
        Invitation invitation = new Invitation(new ServerAddress(server), "2_MX4~x-&=#", "ey+J.a%b c");
        assertThat(Invitation.isLink(invitation.link())).isTrue();
        assertThat(Invitation.parse(" " + invitation.link() + "\n")).isEqualTo(invitation);
    }

    @Test
    void sessionForTestsIsReadBack() {
        Invitation invitation = new Invitation(
                new ServerAddress("http://127.0.0.1:8080"),
                "2_a",
                "T",
                Optional.of(new Invitation.TestSession("2_b&c", "SECRET+")));
        assertThat(Invitation.parse(invitation.link())).isEqualTo(invitation);
        assertThat(invitation.test().orElseThrow()).hasToString("TestSession[2_b&c]");
        assertThat(Invitation.parse("videosession://a.example#session=1&token=T&test-session=2")
                        .test())
                .isEmpty();
    }

    @Test
    void webLinkMeansTheServerBehindIt() {
        Invitation invitation = Invitation.parse("https://video.example.org/join#session=2_abc&token=T");
        assertThat(invitation.server()).isEqualTo(new ServerAddress("https://video.example.org/join"));
        assertThat(invitation.host()).isEqualTo("video.example.org");
    }

    @Test
    void withoutAWordOnTlsItIsRequired() {
        assertThat(Invitation.parse("videosession://a.example#session=1&token=T")
                        .server()
                        .isSecure())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ftp://a.example#session=1&token=SECRET",
                "https://a.example/?session=1&token=SECRET",
                "videosession://#session=1&token=SECRET",
                "videosession://a.example#token=SECRET",
                "videosession://a.example#session=&token=SECRET",
                "videosession://a.example#session=%zz&token=SECRET",
                "videosession://ada:SECRET@a.example#session=1&token=T",
                "https://a.example/<script>#session=1&token=SECRET"
            })
    void whatIsNoInvitationIsRefusedWithoutRepeatingTheToken(String text) {
        assertThatThrownBy(() -> Invitation.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .doesNotContain("SECRET");
    }

    @Test
    void tokenIsNotPrinted() {
        assertThat(new Invitation(new ServerAddress("https://a.example"), "2_a", "SECRET"))
                .hasToString("Invitation[https://a.example, 2_a]");
    }
}
