package dev.videosession.server.internal.router.janus;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OfferSessionTest {
    private final OfferSession session = new OfferSession();

    @Test
    void offersOfOnePeerConnectionHaveOneSession() {
        assertThat(session.unify("v=0\r\no=- 1001 1 IN IP4 192.0.2.2\r\ns=a\r\n", true))
                .contains("o=- 1001 1 IN");
        assertThat(session.unify("v=0\r\no=- 2002 2 IN IP4 192.0.2.2\r\ns=a\r\n", false))
                .isEqualTo("v=0\r\no=- 1001 2 IN IP4 192.0.2.2\r\ns=a\r\n");
    }

    @Test
    void anotherPeerConnectionHasAnotherSession() {
        session.unify("v=0\r\no=- 1001 1 IN IP4 192.0.2.2\r\n", true);
        assertThat(session.unify("v=0\r\no=- 3003 1 IN IP4 192.0.2.2\r\n", true))
                .contains("o=- 3003 1 IN");
        assertThat(session.unify("v=0\r\no=- 4004 2 IN IP4 192.0.2.2\r\n", false))
                .contains("o=- 3003 2 IN");
    }

    @Test
    void textWithoutAnOriginStaysAsItIs() {
        assertThat(session.unify("v=0\r\n", false)).isEqualTo("v=0\r\n");
    }
}
