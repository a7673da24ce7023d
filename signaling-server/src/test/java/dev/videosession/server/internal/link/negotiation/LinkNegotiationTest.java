package dev.videosession.server.internal.link.negotiation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.protocol.DescriptionKind;
import dev.videosession.protocol.ErrorCode;
import dev.videosession.protocol.message.LinkId;
import dev.videosession.protocol.message.LinkMessage;
import dev.videosession.server.fixture.SampleSdp;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinkNegotiationTest {
    private static final LinkId LINK = new LinkId("l");
    private static final boolean PUBLISHER = true;
    private static final boolean SUBSCRIBER = false;
    private static final Relayed LATE = new Relayed.Dropped(false);

    private final LinkNegotiation negotiation = new LinkNegotiation(false, false);

    private static Relayed forwarded(LinkMessage message) {
        return new Relayed.Forwarded(message);
    }

    private static LinkMessage offer(int number, String sdp) {
        return new LinkMessage.Description(LINK, number, DescriptionKind.OFFER, sdp);
    }

    private static LinkMessage answer(int number, String sdp) {
        return new LinkMessage.Description(LINK, number, DescriptionKind.ANSWER, sdp);
    }

    private static LinkMessage candidate(int number, String text, String mid, int index) {
        return new LinkMessage.Candidate(LINK, number, text, mid, index);
    }

    private void exchange(int number) {
        LinkMessage offer = SampleSdp.offer(LINK, number);
        LinkMessage answer = SampleSdp.answer(LINK, number);
        assertThat(negotiation.take(PUBLISHER, offer)).isEqualTo(forwarded(offer));
        assertThat(negotiation.take(SUBSCRIBER, answer)).isEqualTo(forwarded(answer));
    }

    @Test
    void exchangesPassInOrder() {
        exchange(1);
        exchange(2);
        exchange(7);
    }

    @Test
    void whatIsPassedOnIsRebuilt() {
        String shouting = SampleSdp.offer().replace("\r\n", "\n").replace("a=rtcp-mux", "a=x-unknown:%n%s\na=rtcp-mux");
        assertThat(negotiation.take(PUBLISHER, offer(1, shouting))).isEqualTo(forwarded(SampleSdp.offer(LINK, 1)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"v=0\r\n%n%n%n%n%n\r\n", "v=0", "", "%p%p%p%s", "v=0\r\no=- 1 1 IN IP4 0\r\ns=-\r\nt=0 0\r\n"})
    void aMalformedDescriptionIsRefusedAndChangesNothing(String sdp) {
        assertThat(negotiation.take(PUBLISHER, offer(1, sdp)))
                .isInstanceOfSatisfying(Relayed.Refused.class, refused -> {
                    assertThat(refused.code()).isEqualTo(ErrorCode.OFFER_REFUSED);
                    assertThat(refused.explanation()).doesNotContain("%");
                });
        LinkMessage offer = SampleSdp.offer(LINK, 1);
        assertThat(negotiation.take(PUBLISHER, offer)).isEqualTo(forwarded(offer));
        assertThat(negotiation.take(SUBSCRIBER, answer(1, sdp)))
                .isInstanceOfSatisfying(
                        Relayed.Refused.class,
                        refused -> assertThat(refused.code()).isEqualTo(ErrorCode.ANSWER_REFUSED));
        LinkMessage answer = SampleSdp.answer(LINK, 1);
        assertThat(negotiation.take(SUBSCRIBER, answer)).isEqualTo(forwarded(answer));
    }

    @Test
    void whatIsLateIsDropped() {
        exchange(2);
        assertThat(negotiation.take(PUBLISHER, SampleSdp.offer(LINK, 2))).isEqualTo(LATE);
        assertThat(negotiation.take(PUBLISHER, SampleSdp.offer(LINK, 1))).isEqualTo(LATE);
        assertThat(negotiation.take(SUBSCRIBER, SampleSdp.answer(LINK, 2))).isEqualTo(LATE);
        assertThat(negotiation.take(PUBLISHER, SampleSdp.candidate(LINK, 1))).isEqualTo(LATE);
        LinkMessage next = SampleSdp.offer(LINK, 3);
        assertThat(negotiation.take(PUBLISHER, next)).isEqualTo(forwarded(next));
        assertThat(negotiation.take(SUBSCRIBER, SampleSdp.answer(LINK, 2))).isEqualTo(LATE);
        assertThat(negotiation.take(SUBSCRIBER, SampleSdp.answer(LINK, 4))).isEqualTo(LATE);
    }

    @Test
    void anAnswerMayHoldNothingThatWasNotOffered() {
        negotiation.take(PUBLISHER, SampleSdp.offer(LINK, 1));
        String other = SampleSdp.answer().replace(" 96\r", " 97\r").replace("rtpmap:96", "rtpmap:97");
        assertThat(negotiation.take(SUBSCRIBER, answer(1, other)))
                .isInstanceOfSatisfying(
                        Relayed.Refused.class,
                        refused -> assertThat(refused.reason()).isEqualTo("answer"));
    }

    @Test
    void theFirstOfferFixesTheShape() {
        exchange(1);
        assertThat(negotiation.take(PUBLISHER, offer(2, SampleSdp.offer("other"))))
                .isInstanceOfSatisfying(
                        Relayed.Refused.class,
                        refused -> assertThat(refused.reason()).isEqualTo("shape"));
        exchange(2);
    }

    @Test
    void aBatchIsCheckedEntryByEntry() {
        exchange(1);
        var good = new LinkMessage.Candidates.Entry(SampleSdp.CANDIDATE, "a", 0);
        var last = new LinkMessage.Candidates.Entry("", "v", 1);
        LinkMessage batch = new LinkMessage.Candidates(LINK, 1, List.of(good, last));
        assertThat(negotiation.take(PUBLISHER, batch)).isEqualTo(forwarded(batch));
        var bad = new LinkMessage.Candidates.Entry("candidate:%n%n%s%s", "a", 0);
        assertThat(negotiation.take(PUBLISHER, new LinkMessage.Candidates(LINK, 1, List.of(good, bad))))
                .isInstanceOf(Relayed.Refused.class);
        assertThat(negotiation.take(PUBLISHER, new LinkMessage.Candidates(LINK, 3, List.of(good))))
                .isEqualTo(LATE);
    }

    @Test
    void aBatchIsCutAtTheLimit() {
        exchange(1);
        var entry = new LinkMessage.Candidates.Entry(SampleSdp.CANDIDATE, "a", 0);
        List<LinkMessage.Candidates.Entry> most = Collections.nCopies(30, entry);
        LinkMessage batch = new LinkMessage.Candidates(LINK, 1, most);
        assertThat(negotiation.take(PUBLISHER, batch)).isEqualTo(forwarded(batch));
        assertThat(negotiation.take(PUBLISHER, batch)).isEqualTo(forwarded(batch));
        assertThat(negotiation.take(PUBLISHER, batch))
                .isEqualTo(forwarded(new LinkMessage.Candidates(LINK, 1, Collections.nCopies(4, entry))));
        assertThat(negotiation.take(PUBLISHER, batch)).isEqualTo(new Relayed.Dropped(true));
    }

    @Test
    void candidatesPassFromBothEnds() {
        exchange(1);
        for (boolean end : new boolean[] {PUBLISHER, SUBSCRIBER}) {
            LinkMessage candidate = SampleSdp.candidate(LINK, 1);
            assertThat(negotiation.take(end, candidate)).isEqualTo(forwarded(candidate));
            LinkMessage last = candidate(1, "", "v", 1);
            assertThat(negotiation.take(end, last)).isEqualTo(forwarded(last));
            LinkMessage byIndex = candidate(1, SampleSdp.CANDIDATE, null, 1);
            assertThat(negotiation.take(end, byIndex)).isEqualTo(forwarded(byIndex));
            assertThat(negotiation.take(end, candidate(1, SampleSdp.CANDIDATE, "", 1)))
                    .isEqualTo(forwarded(byIndex));
        }
    }

    @Test
    void aCandidateMayOvertakeItsOfferByOne() {
        LinkMessage early = SampleSdp.candidate(LINK, 1);
        assertThat(negotiation.take(PUBLISHER, early)).isEqualTo(forwarded(early));
        assertThat(negotiation.take(PUBLISHER, SampleSdp.candidate(LINK, 2))).isEqualTo(LATE);
        assertThat(negotiation.take(PUBLISHER, SampleSdp.candidate(LINK, Integer.MAX_VALUE)))
                .isEqualTo(LATE);
    }

    @Test
    void malformedCandidatesAreRefused() {
        exchange(1);
        for (LinkMessage each : new LinkMessage[] {
            candidate(1, "candidate:%n%n%s%s", "a", 0),
            candidate(1, "%n", "a", 0),
            candidate(1, SampleSdp.CANDIDATE, "%n", 0),
            candidate(1, SampleSdp.CANDIDATE, "absent", 0),
            candidate(1, SampleSdp.CANDIDATE, null, 2)
        }) {
            assertThat(negotiation.take(SUBSCRIBER, each))
                    .isInstanceOfSatisfying(
                            Relayed.Refused.class,
                            refused -> assertThat(refused.code()).isEqualTo(ErrorCode.CANDIDATE_REFUSED));
        }
    }

    @Test
    void eachEndMaySendSixtyFourCandidatesForANegotiation() {
        exchange(1);
        LinkMessage candidate = SampleSdp.candidate(LINK, 1);
        for (int i = 0; i < LinkNegotiation.MAX_CANDIDATES; i++) {
            assertThat(negotiation.take(PUBLISHER, candidate)).isEqualTo(forwarded(candidate));
        }
        assertThat(negotiation.take(PUBLISHER, candidate)).isEqualTo(new Relayed.Dropped(true));
        assertThat(negotiation.take(SUBSCRIBER, candidate)).isEqualTo(forwarded(candidate));
        exchange(2);
        LinkMessage next = SampleSdp.candidate(LINK, 2);
        assertThat(negotiation.take(PUBLISHER, next)).isEqualTo(forwarded(next));
        assertThat(negotiation.take(PUBLISHER, candidate)).isEqualTo(LATE);
    }
}
