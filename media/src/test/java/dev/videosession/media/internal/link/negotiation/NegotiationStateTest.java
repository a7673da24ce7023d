package dev.videosession.media.internal.link.negotiation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.media.internal.link.negotiation.NegotiationState.Event;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class NegotiationStateTest {
    /** The whole machine, written a second time: everything that is not here must be refused. */
    private static final Map<NegotiationState, Map<Event, NegotiationState>> ALLOWED = new EnumMap<>(Map.of(
            NegotiationState.STABLE,
            Map.of(
                    Event.OFFER_WANTED, NegotiationState.MAKING_OFFER,
                    Event.OFFER_RECEIVED, NegotiationState.APPLYING_OFFER,
                    Event.ADJUSTMENT_WANTED, NegotiationState.ADJUSTING,
                    Event.CLOSED, NegotiationState.CLOSED),
            NegotiationState.ADJUSTING,
            Map.of(
                    Event.ADJUSTED, NegotiationState.STABLE,
                    Event.FAILED, NegotiationState.BROKEN,
                    Event.CLOSED, NegotiationState.CLOSED),
            NegotiationState.MAKING_OFFER,
            Map.of(
                    Event.OFFER_SENT, NegotiationState.AWAITING_ANSWER,
                    Event.FAILED, NegotiationState.BROKEN,
                    Event.CLOSED, NegotiationState.CLOSED),
            NegotiationState.AWAITING_ANSWER,
            Map.of(
                    Event.ANSWER_RECEIVED, NegotiationState.APPLYING_ANSWER,
                    Event.OFFER_WANTED, NegotiationState.MAKING_OFFER,
                    Event.CLOSED, NegotiationState.CLOSED),
            NegotiationState.APPLYING_ANSWER,
            Map.of(
                    Event.ANSWER_APPLIED, NegotiationState.STABLE,
                    Event.FAILED, NegotiationState.BROKEN,
                    Event.CLOSED, NegotiationState.CLOSED),
            NegotiationState.APPLYING_OFFER,
            Map.of(
                    Event.OFFER_APPLIED, NegotiationState.MAKING_ANSWER,
                    Event.FAILED, NegotiationState.BROKEN,
                    Event.CLOSED, NegotiationState.CLOSED),
            NegotiationState.MAKING_ANSWER,
            Map.of(
                    Event.ANSWER_SENT, NegotiationState.STABLE,
                    Event.FAILED, NegotiationState.BROKEN,
                    Event.CLOSED, NegotiationState.CLOSED),
            NegotiationState.BROKEN,
            Map.of(
                    Event.OFFER_WANTED, NegotiationState.MAKING_OFFER,
                    Event.OFFER_RECEIVED, NegotiationState.APPLYING_OFFER,
                    Event.CLOSED, NegotiationState.CLOSED),
            NegotiationState.CLOSED,
            Map.of()));

    @TestFactory
    List<DynamicTest> everyPairOfStateAndEvent() {
        List<DynamicTest> tests = new ArrayList<>();
        for (NegotiationState state : NegotiationState.values()) {
            for (Event event : Event.values()) {
                NegotiationState next = ALLOWED.get(state).get(event);
                tests.add(DynamicTest.dynamicTest(
                        state + " on " + event + (next == null ? " is refused" : " becomes " + next),
                        () -> assertThat(state.after(event).orElse(null)).isEqualTo(next)));
            }
        }
        return tests;
    }

    @Test
    void workUnderWayIsExactlyWhatCanFail() {
        for (NegotiationState state : NegotiationState.values()) {
            assertThat(state.isBusy())
                    .as(state.name())
                    .isEqualTo(state.after(Event.FAILED).isPresent());
        }
    }
}
