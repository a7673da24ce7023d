package dev.videosession.media.internal.link;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * Where a link stands in the exchange of offers and answers. The sending end makes every offer, so the two halves of this
 * machine never meet: a link that offers stays among the first four states, a link that answers uses the next two.
 * What is not in the table is refused, and refusing changes nothing.
 */
public enum NegotiationState {
    /** No exchange is under way: there was none yet, or the last one is complete. */
    STABLE,
    /** An offer is being made and applied here; nobody else knows of it. */
    MAKING_OFFER,
    /** An offer was sent and its answer is awaited; another offer may replace it. */
    AWAITING_ANSWER,
    /** The answer came and is being applied here. */
    APPLYING_ANSWER,
    /** An offer came and is being applied here. */
    APPLYING_OFFER,
    /** The answer to the applied offer is being made and applied here. */
    MAKING_ANSWER,
    /** A description could not be made or applied; only another offer leads on. */
    BROKEN,
    /** The link is closed; nothing leads out of this state. */
    CLOSED;

    /** What can happen to a negotiation. */
    public enum Event {
        /** This end wants to make an offer. */
        OFFER_WANTED,
        /** The offer is applied here and goes out. */
        OFFER_SENT,
        /** The answer to the latest offer came. */
        ANSWER_RECEIVED,
        /** The answer is applied here. */
        ANSWER_APPLIED,
        /** An offer newer than every one before came. */
        OFFER_RECEIVED,
        /** The offer is applied here. */
        OFFER_APPLIED,
        /** The answer is applied here and goes out. */
        ANSWER_SENT,
        /** Making or applying a description failed. */
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
        add(table, BROKEN, Event.OFFER_WANTED, MAKING_OFFER);
        add(table, BROKEN, Event.OFFER_RECEIVED, APPLYING_OFFER);
        for (NegotiationState busy :
                new NegotiationState[] {MAKING_OFFER, APPLYING_ANSWER, APPLYING_OFFER, MAKING_ANSWER}) {
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
     * The state after an event. A pure function.
     *
     * @param event what happened
     * @return the next state, or empty when the event is refused here
     */
    public Optional<NegotiationState> after(Event event) {
        return Optional.ofNullable(TABLE.getOrDefault(this, Map.of()).get(event));
    }

    /**
     * Whether a description is being worked on here, so that new work must wait.
     *
     * @return false where an exchange may begin
     */
    public boolean busy() {
        return this == MAKING_OFFER || this == APPLYING_ANSWER || this == APPLYING_OFFER || this == MAKING_ANSWER;
    }
}
