package dev.videosession.protocol.ice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.videosession.protocol.grammar.MalformedSdpException;
import dev.videosession.protocol.ice.TrickledCandidate.EndOfCandidates;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IceCandidateTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "candidate:1 1 udp 1 192.0.2.7 1 typ host",
                "candidate:abcdefghijklmnopqrstuvwxyz012345 256 udp 4294967295 192.0.2.7 65535 typ prflx",
                "candidate:+/ 1 tcp 1518280447 192.0.2.7 9 typ host tcptype active",
                "candidate:1 1 tcp 1518280447 192.0.2.7 0 typ host tcptype active",
                "candidate:1 1 tcp 1518280447 2001:db8::1 1 typ host tcptype passive",
                "candidate:1 1 tcp 1 192.0.2.7 1 typ host tcptype so generation 0",
                "candidate:1 1 udp 1686052607 203.0.113.9 61000 typ srflx raddr 192.168.1.7 rport 50000",
                "candidate:1 1 udp 1 203.0.113.9 61000 typ relay raddr 0.0.0.0 rport 0 generation 4294967295 ufrag abcd"
                        + " network-id 65535 network-cost 0",
                "candidate:1 2 udp 1 1f4712db-ea17-4bcf-a596-105139dfd8bf.local 50000 typ host generation 0"
            })
    void canonicalTextIsRebuiltAsItIs(String text) {
        IceCandidate candidate = IceCandidate.parse(text);
        assertThat(candidate.toSdp()).isEqualTo(text);
        assertThat(TrickledCandidate.parse(text)).isEqualTo(candidate);
    }

    @ParameterizedTest
    @CsvSource({
        "candidate:1 1 UDP 1 192.0.2.7 1 typ HOST, candidate:1 1 udp 1 192.0.2.7 1 typ host",
        "candidate:1  1 udp 1 2001:DB8:0:0:0:0:0:1 1 typ host, candidate:1 1 udp 1 2001:db8::1 1 typ host",
        "candidate:1 1 udp 1 192.0.2.7 1 typ host foo %n, candidate:1 1 udp 1 192.0.2.7 1 typ host",
        "candidate:1 1 udp 1 A.LOCAL 1 typ host, candidate:1 1 udp 1 a.local 1 typ host",
        "candidate:1 1 udp 1 192.0.2.7 1 typ srflx rport 9 raddr 192.0.2.8 x y, candidate:1 1 udp 1 192.0.2.7 1 typ srflx raddr 192.0.2.8 rport 9",
        "candidate:1 1 udp 1 192.0.2.7 1 typ host ufrag abcd generation 1, candidate:1 1 udp 1 192.0.2.7 1 typ host generation 1 ufrag abcd"
    })
    void otherSpellingsBecomeCanonical(String text, String canonical) {
        assertThat(IceCandidate.parse(text).toSdp()).isEqualTo(canonical);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "candidate:%n%n%s%s",
                "%p%p",
                "a=candidate:1 1 udp 1 192.0.2.7 1 typ host",
                "candidate:",
                "candidate: 1 udp 1 192.0.2.7 1 typ host",
                "candidate:%n 1 udp 1 192.0.2.7 1 typ host",
                "candidate:abcdefghijklmnopqrstuvwxyz0123456 1 udp 1 192.0.2.7 1 typ host",
                "candidate:1 0 udp 1 192.0.2.7 1 typ host",
                "candidate:1 257 udp 1 192.0.2.7 1 typ host",
                "candidate:1 +1 udp 1 192.0.2.7 1 typ host",
                "candidate:1 1 ssltcp 1 192.0.2.7 1 typ host",
                "candidate:1 1 udp 0 192.0.2.7 1 typ host",
                "candidate:1 1 udp 4294967296 192.0.2.7 1 typ host",
                "candidate:1 1 udp 1 192.0.2.7 0 typ host",
                "candidate:1 1 udp 1 192.0.2.7 65536 typ host",
                "candidate:1 1 udp 1 192.0.2.7 -1 typ host",
                "candidate:1 1 udp 1 192.0.2.7 1 typ",
                "candidate:1 1 udp 1 192.0.2.7 1 typ local",
                "candidate:1 1 udp 1 192.0.2.7 1 type host",
                "candidate:1 1 udp 1 192.0.2.7 1 typ host generation",
                "candidate:1 1 udp 1 192.0.2.7 1 typ host generation -1",
                "candidate:1 1 udp 1 192.0.2.7 1 typ host generation 0 generation 0",
                "candidate:1 1 udp 1 192.0.2.7 1 typ host network-id 65536",
                "candidate:1 1 udp 1 192.0.2.7 1 typ host network-cost 65536",
                "candidate:1 1 udp 1 192.0.2.7 1 typ host ufrag abc",
                "candidate:1 1 udp 1 192.0.2.7 1 typ host ufrag %n%n",
                "candidate:1 1 udp 1 192.0.2.7 1 typ host tcptype active",
                "candidate:1 1 tcp 1 192.0.2.7 1 typ host",
                "candidate:1 1 tcp 1 192.0.2.7 0 typ host tcptype passive",
                "candidate:1 1 tcp 1 192.0.2.7 1 typ host tcptype both",
                "candidate:1 1 udp 1 192.0.2.7 1 typ srflx rport 9",
                "candidate:1 1 udp 1 192.0.2.7 1 typ srflx raddr host.example rport 9",
                "candidate:1 1 udp 1 192.0.2.7 1 typ srflx raddr 192.0.2.8 rport 65536",
                "candidate:1 1 udp 1 host.example 1 typ host",
                "candidate:1 1 udp 1 %s 1 typ host",
                "candidate:1 1 udp 1 fe80::1%eth0 1 typ host",
                "candidate:1 1 udp 1 192.0.2.7 1 typ host\r\n",
                "candidate:1 1 udp 1 192.0.2.7\t1 typ host",
                "candidate:1 1 udp 1 192.0.2.\u0667 1 typ host"
            })
    void everythingElseIsRefused(String text) {
        assertThatThrownBy(() -> TrickledCandidate.parse(text))
                .isInstanceOf(MalformedSdpException.class)
                .message()
                .matches("[ -~]{1,300}")
                .doesNotContain("%");
    }

    @Test
    void lengthIsBounded() {
        String text = "candidate:1 1 udp 1 192.0.2.7 1 typ host x ";
        String longest = text + "y".repeat(IceCandidate.MAX_LENGTH - text.length());
        assertThat(IceCandidate.parse(longest).foundation()).isEqualTo("1");
        assertThatThrownBy(() -> IceCandidate.parse(longest + "y")).isInstanceOf(MalformedSdpException.class);
    }

    @Test
    void anEmptyTextIsTheEndOfCandidates() {
        assertThat(TrickledCandidate.parse("")).isEqualTo(EndOfCandidates.END);
        assertThat(EndOfCandidates.END.toSdp()).isEmpty();
        assertThatThrownBy(() -> TrickledCandidate.parse(" ")).isInstanceOf(MalformedSdpException.class);
        assertThatThrownBy(() -> IceCandidate.parse("")).isInstanceOf(MalformedSdpException.class);
    }
}
