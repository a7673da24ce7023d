package dev.videosession.media.internal.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.protocol.DescriptionKind;
import dev.videosession.protocol.sdp.SessionDescription;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RemoteCandidatesTest {
    private final RemoteCandidates candidates = new RemoteCandidates(CandidatePolicy.DEFAULT);
    private final List<String> taken = new ArrayList<>();

    private static SessionDescription description(String audio, String candidateLines) {
        return SessionDescription.parse(DescriptionKind.OFFER, """
                v=0
                o=- 1 2 IN IP4 127.0.0.1
                s=-
                t=0 0
                m=audio %s UDP/TLS/RTP/SAVPF 111
                c=IN IP4 0.0.0.0
                a=ice-ufrag:current
                a=ice-pwd:aaaaaaaaaaaaaaaaaaaaaa
                a=fingerprint:sha-256 %s00
                a=setup:actpass
                a=mid:a
                a=sendonly
                a=rtcp-mux
                a=rtpmap:111 opus/48000/2
                %s""".formatted(audio, "00:".repeat(31), candidateLines));
    }

    private static String text(String address, String more) {
        return "candidate:1 1 udp 1 " + address + " 9 typ host" + more;
    }

    private void add(int negotiation, @Nullable String mid, int index, String text) {
        RemoteCandidate parsed = RemoteCandidate.parse(negotiation, mid, index, text);
        if (parsed instanceof LinkCandidate candidate) {
            candidates.add(candidate, (m, i, taking) -> taken.add(m + " " + i + " " + taking.address()));
        } else {
            candidates.refused("malformed");
        }
    }

    private void apply(int negotiation, SessionDescription description) {
        candidates.applied(
                negotiation,
                candidates.filter(description),
                (m, i, taking) -> taken.add(m + " " + i + " " + taking.address()));
    }

    private boolean takes(String candidate) {
        apply(1, description("9", ""));
        add(1, "a", 0, candidate);
        return taken.size() == 1;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.1",
                "172.16.0.1",
                "192.168.1.1",
                "100.64.0.1",
                "100.100.100.199",
                "192.0.2.1",
                "198.51.100.1",
                "203.0.113.1",
                "8.8.8.8",
                "2001:db8::1",
                "fd00::1",
                "fd00:ec2::253",
                "2606:4700::1",
                "1f4712db-ea17-4bcf-a596-105139dfd8bf.local"
            })
    void addressesThatPeersNeedAreTried(String address) {
        assertThat(takes(text(address, ""))).isTrue();
        assertThat(candidates.dropped()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "::",
                "127.0.0.1",
                "127.255.255.254",
                "::1",
                "::ffff:127.0.0.1",
                "169.254.1.1",
                "fe80::1",
                "224.0.0.1",
                "239.255.255.255",
                "255.255.255.255",
                "ff02::1",
                "169.254.169.254",
                "::ffff:169.254.169.254",
                "fd00:ec2::254",
                "100.100.100.200",
                "168.63.129.16",
                "example.org",
                "localhost",
                "a.b.local",
                "%n%n.local"
            })
    void otherAddressesAreDropped(String address) {
        assertThat(takes(text(address, ""))).isFalse();
        assertThat(candidates.dropped()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1, true", "::1, true", "0.0.0.0, false", "169.254.169.254, false"})
    void loopbackIsTriedIfThePeerMayBeOnThisMachine(String address, boolean tried) {
        CandidatePolicy local = new CandidatePolicy(true, false);
        RemoteCandidates here = new RemoteCandidates(local);
        here.applied(1, description("9", ""), (m, i, c) -> {});

        RemoteCandidate parsed = RemoteCandidate.parse(1, "a", 0, text(address, ""));

        here.add((LinkCandidate) parsed, (m, i, c) -> taken.add(m));
        assertThat(taken).hasSize(tried ? 1 : 0);
    }

    @Test
    void tcpIsTriedOnlyIfAskedFor() {
        String tcp = "candidate:1 1 tcp 1 10.0.0.1 9 typ host tcptype passive";
        assertThat(takes(tcp)).isFalse();

        RemoteCandidates asked = new RemoteCandidates(new CandidatePolicy(false, true));
        asked.applied(1, description("9", ""), (m, i, c) -> {});
        asked.add((LinkCandidate) RemoteCandidate.parse(1, "a", 0, tcp), (m, i, c) -> taken.add(m));
        assertThat(taken).hasSize(1);
    }

    @Test
    void componentForRtcpIsDropped() {
        assertThat(takes("candidate:1 2 udp 1 10.0.0.1 9 typ host")).isFalse();
    }

    @Test
    void onlyCurrentCredentialsCount() {
        assertThat(takes(text("10.0.0.1", " ufrag former"))).isFalse();
        add(1, "a", 0, text("10.0.0.1", " ufrag current"));
        assertThat(taken).containsExactly("a 0 10.0.0.1");
    }

    @Test
    void sectionIsThatOfTheDescription() {
        apply(1, description("9", ""));
        add(1, "%n%n%s", 0, text("10.0.0.1", ""));
        add(1, null, 1, text("10.0.0.2", ""));
        add(1, null, -1, text("10.0.0.3", ""));
        add(1, "a", 77, text("10.0.0.4", "")); // the mid counts
        add(1, null, 0, text("10.0.0.5", ""));

        assertThat(taken).containsExactly("a 0 10.0.0.4", "a 0 10.0.0.5");
        assertThat(candidates.dropped()).isEqualTo(3);
    }

    @Test
    void sectionThatIsRejectedHasNoCandidates() {
        apply(1, description("0", ""));
        add(1, "a", 0, text("10.0.0.1", ""));
        add(1, null, 0, text("10.0.0.1", ""));

        assertThat(taken).isEmpty();
    }

    @Test
    void endOfCandidatesGoesNowhereAndCountsNowhere() {
        assertThat(takes("")).isFalse();
        assertThat(candidates.dropped()).isZero();
    }

    @Test
    void aNegotiationHasAtMostSixtyFourCandidates() {
        apply(1, description("9", "a=candidate:1 1 udp 1 10.1.0.1 9 typ host\n"));
        IntStream.range(0, 100).forEach(i -> add(1, "a", 0, text("10.0.0." + i, "")));
        assertThat(taken).hasSize(CandidatePolicy.MAX_CANDIDATES - 1);
        assertThat(candidates.dropped()).isEqualTo(37);

        apply(2, description("9", ""));
        add(2, "a", 0, text("10.0.2.1", ""));
        assertThat(taken).last().isEqualTo("a 0 10.0.2.1");
    }

    @Test
    void candidatesInADescriptionAreHeldToThePolicy() {
        SessionDescription filtered = candidates.filter(description("9", """
                a=candidate:1 1 udp 1 10.0.0.1 9 typ host
                a=candidate:1 1 udp 1 127.0.0.1 9 typ host
                a=candidate:1 2 udp 1 10.0.0.1 9 typ host
                a=candidate:1 1 tcp 1 10.0.0.1 9 typ host tcptype passive
                a=candidate:1 1 udp 1 169.254.169.254 9 typ host
                """));

        assertThat(filtered.toSdp()).contains("10.0.0.1").doesNotContain("127.0.0.1 9", "169.254", "tcptype", " 2 udp");
        assertThat(filtered.sections().get(0).candidates()).hasSize(1);
        assertThat(candidates.dropped()).isEqualTo(4);
    }

    @Test
    void candidatesWaitForTheirDescription() {
        add(2, "a", 0, text("10.0.0.2", ""));
        apply(1, description("9", ""));
        add(1, "a", 0, text("10.0.0.1", ""));
        add(0, "a", 0, text("10.0.0.0", ""));
        assertThat(taken).containsExactly("a 0 10.0.0.1");

        apply(2, description("9", ""));
        assertThat(taken).containsExactly("a 0 10.0.0.1", "a 0 10.0.0.2");
    }

    @Test
    void fewWaitForADescriptionThatNeverComes() {
        IntStream.range(0, 1000).forEach(i -> add(7, "a", 0, text("10.0." + i / 250 + "." + i % 250, "")));
        assertThat(candidates.dropped()).isEqualTo(1000 - RemoteCandidates.MAX_WAITING);

        apply(7, description("9", ""));
        assertThat(taken).hasSize(CandidatePolicy.MAX_CANDIDATES);
    }
}
