package dev.videosession.media.internal.link.negotiation;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * States of the exchange of offers and answers. The sending end makes all offers, so no link uses all states: a sending link uses the
 * first four and ADJUSTING, a receiving link STABLE and the two after the first four. An event that is not in the table is refused and
 * changes nothing.
 */
public enum NegotiationState {
    /** No exchange is in progress: there was none yet, or the last one is complete. */
    STABLE,
    /** An offer is being created and applied here; it is not sent yet. */
    MAKING_OFFER,
    /** An offer was sent and its answer is awaited; another offer may replace it. */
    AWAITING_ANSWER,
    /** The answer was received and is being applied here. */
    APPLYING_ANSWER,
    /** An offer was received and is being applied here. */
    APPLYING_OFFER,
    /** The answer to the applied offer is being created and applied here. */
    MAKING_ANSWER,
    /** The last exchange is repeated here with other encodings; the peer does not see it. */
    ADJUSTING,
    /** A description could not be created or applied. Only another offer leads out of this state. */
    BROKEN,
    /** The link is closed. Nothing leads out of this state. */
    CLOSED;

    /** Events of a negotiation. */
    public enum Event {
        /** This end wants to make an offer. */
        OFFER_WANTED,
        /** The offer is applied here and is sent. */
        OFFER_SENT,
        /** The answer to the latest offer was received. */
        ANSWER_RECEIVED,
        /** The answer is applied here. */
        ANSWER_APPLIED,
        /** An offer with a higher number than all before was received. */
        OFFER_RECEIVED,
        /** The offer is applied here. */
        OFFER_APPLIED,
        /** The answer is applied here and is sent. */
        ANSWER_SENT,
        /** This end wants to repeat the last exchange with other encodings. */
        ADJUSTMENT_WANTED,
        /** The last exchange is repeated. */
        ADJUSTED,
        /** Creating or applying a description failed. */
        FAILED,
        /** The link is closed. */
        CLOSED
    }

    private static final Map<NegotiationState, Map<Event, NegotiationState>> TABLE = table();

    private static Map<NegotiationState, Map<Event, NegotiationState>> table() {
        Map<NegotiationState, Map<Event, NegotiationState>> table = new EnumMap<>(NegotiationState.class);
        for (NegotiationState state : values()) {
            Map<Event, NegotiationState> row = new EnumMap<>(Event.class);
            if (state != CLOSED) {
                row.put(Event.CLOSED, CLOSED);
            }
            table.put(state, row);
        }
        add(table, STABLE, Event.OFFER_WANTED, MAKING_OFFER);
        add(table, MAKING_OFFER, Event.OFFER_SENT, AWAITING_ANSWER);
        add(table, AWAITING_ANSWER, Event.ANSWER_RECEIVED, APPLYING_ANSWER);
        add(table, AWAITING_ANSWER, Event.OFFER_WANTED, MAKING_OFFER);
        add(table, APPLYING_ANSWER, Event.ANSWER_APPLIED, STABLE);
        add(table, STABLE, Event.OFFER_RECEIVED, APPLYING_OFFER);
        add(table, APPLYING_OFFER, Event.OFFER_APPLIED, MAKING_ANSWER);
        add(table, MAKING_ANSWER, Event.ANSWER_SENT, STABLE);
        add(table, STABLE, Event.ADJUSTMENT_WANTED, ADJUSTING);
        add(table, ADJUSTING, Event.ADJUSTED, STABLE);
        add(table, BROKEN, Event.OFFER_WANTED, MAKING_OFFER);
        add(table, BROKEN, Event.OFFER_RECEIVED, APPLYING_OFFER);
        for (NegotiationState busy :
                new NegotiationState[] {MAKING_OFFER, APPLYING_ANSWER, APPLYING_OFFER, MAKING_ANSWER, ADJUSTING}) {
            add(table, busy, Event.FAILED, BROKEN);
        }
        return table;
    }

    private static void add(
            Map<NegotiationState, Map<Event, NegotiationState>> table,
            NegotiationState from,
            Event event,
            NegotiationState to) {
        table.computeIfAbsent(from, state -> new EnumMap<>(Event.class)).put(event, to);
    }

    /**
     * Computes the state after an event. A pure function.
     *
     * @param event what happened
     * @return the next state, or empty if the event is refused in this state
     */
    public Optional<NegotiationState> after(Event event) {
        return Optional.ofNullable(TABLE.getOrDefault(this, Map.of()).get(event));
    }

    /** {@return whether a description is being created or applied here, so that a new exchange must wait} */
    public boolean isBusy() {
        return this == MAKING_OFFER
                || this == APPLYING_ANSWER
                || this == APPLYING_OFFER
                || this == MAKING_ANSWER
                || this == ADJUSTING;
    }
}
