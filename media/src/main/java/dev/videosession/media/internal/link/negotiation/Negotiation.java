package dev.videosession.media.internal.link.negotiation;

import dev.videosession.media.internal.link.negotiation.NegotiationState.Event;
import dev.videosession.media.internal.rtc.MediaLoop;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The exchange of offers and answers of one link: its state and the number of the latest offer. Confined to the media loop. */
public final class Negotiation {
    private static final Logger LOG = LoggerFactory.getLogger(Negotiation.class);

    private final MediaLoop loop;
    private NegotiationState state = NegotiationState.STABLE;
    private int number;

    /**
     * Starts in {@link NegotiationState#STABLE}.
     *
     * @param loop the only caller
     */
    public Negotiation(MediaLoop loop) {
        this.loop = loop;
    }

    /** {@return the current state} */
    public NegotiationState state() {
        return state;
    }

    /** {@return the number of the latest offer, 0 before the first one} */
    public int number() {
        return number;
    }

    /**
     * Sets the number of an offer.
     *
     * @param next higher than the last one
     */
    public void setNumber(int next) {
        number = next;
    }

    /**
     * Changes the state.
     *
     * @param event what happened
     * @return false, and nothing changes, if the event is not permitted in the current state
     */
    public boolean on(Event event) {
        loop.assertInLoop();
        NegotiationState next = state.after(event).orElse(null);
        if (next == null) {
            LOG.debug("event=negotiationEventRefused negotiation={} state={} refused={}", number, state, event);
            return false;
        }
        state = next;
        return true;
    }
}
