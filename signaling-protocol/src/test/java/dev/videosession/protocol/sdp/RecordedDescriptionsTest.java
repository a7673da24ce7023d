package dev.videosession.protocol.sdp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.protocol.DescriptionKind;
import dev.videosession.protocol.ice.TrickledCandidate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Descriptions and candidates of browsers, of a media router and of our own keep their meaning. */
class RecordedDescriptionsTest {
    static List<Recording> recordings() {
        return Recording.all();
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void anOfferKeepsItsMeaning(Recording recording) {
        assertKept(DescriptionKind.OFFER, recording.offer());
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void anAnswerKeepsItsMeaningAndFitsItsOffer(Recording recording) {
        String answer = recording.answer();
        if (answer != null) {
            assertKept(DescriptionKind.ANSWER, answer);
            SessionDescription.parse(DescriptionKind.ANSWER, answer)
                    .requireAnswers(SessionDescription.parse(DescriptionKind.OFFER, recording.offer()));
        }
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void candidatesKeepTheirMeaning(Recording recording) {
        List<Recording.Candidate> all = new ArrayList<>(recording.offerCandidates());
        all.addAll(recording.answerCandidates());
        for (Recording.Candidate each : all) {
            TrickledCandidate candidate = TrickledCandidate.parse(each.text());

            if (each.text().isEmpty()) {
                assertThat(candidate).isEqualTo(TrickledCandidate.EndOfCandidates.END);
            } else {
                assertThat(Meaning.candidate(candidate.toSdp())).isEqualTo(Meaning.candidate(each.text()));
            }
        }
    }

    private static void assertKept(DescriptionKind kind, String text) {
        SessionDescription description = SessionDescription.parse(kind, text);
        String rebuilt = description.toSdp();

        List<List<String>> kept = Meaning.of(rebuilt);
        List<List<String>> meant = Meaning.of(text);
        assertThat(kept).hasSameSizeAs(meant);
        for (int i = 0; i < kept.size(); i++) {
            assertThat(kept.get(i)).as("block %d", i).containsExactlyElementsOf(meant.get(i));
        }
        assertThat(SessionDescription.parse(kind, rebuilt)).isEqualTo(description);
    }

    /** The recordings cover what the grammar has to keep; an empty directory would prove nothing. */
    @Test
    void theRecordingsCoverWhatMustBeKept() {
        StringBuilder all = new StringBuilder();
        for (Recording each : recordings()) {
            all.append(each.offer()).append(each.answer()).append(each.offerCandidates());
        }
        String everything = all.toString();

        assertThat(List.of(
                        "a=simulcast:send q;h;f",
                        "a=simulcast:recv 0;1;2",
                        "a=simulcast: recv rid=",
                        "fmtp:63 111/111",
                        "stereo=1",
                        "usedtx=1",
                        "apt=",
                        "a=ssrc-group:FID",
                        "urn:3gpp:video-orientation",
                        "a=sctp-port:",
                        "a=bundle-only",
                        "a=inactive",
                        "m=video 0 ",
                        "tcptype passive",
                        ".local "))
                .allMatch(everything::contains);
    }
}
