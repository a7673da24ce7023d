package dev.videosession.server.internal.link;

import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.StreamId;
import dev.videosession.protocol.message.LinkId;
import dev.videosession.protocol.message.Subscription;
import dev.videosession.server.internal.link.negotiation.LinkNegotiations;
import dev.videosession.server.internal.metrics.ServerMetrics;
import dev.videosession.server.internal.state.Link;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The open links of one session. What is kept for a link (its entry in the table, the budgets of its ends, its negotiation) begins
 * and ends here, together. No method sends anything. Belongs to the session's loop.
 */
public final class LinkRegistry {
    private final LinkTable table = new LinkTable();
    private final LinkParticipants participants;
    private final Listener listener;
    private final LinkCharges charges;
    private final LinkNegotiations negotiations;
    private final ServerMetrics metrics;

    /** Follows which links are open. */
    public interface Listener {
        /** The listener of a topology that keeps nothing for a link. */
        Listener NONE = new Listener() {
            @Override
            public void opened(Link link) {}

            @Override
            public void closed(Link link) {}
        };

        /**
         * Called when a link was opened.
         *
         * @param link the link
         */
        void opened(Link link);

        /**
         * Called when a link was closed.
         *
         * @param link the link
         */
        void closed(Link link);
    }

    LinkRegistry(LinkContext context, LinkParticipants participants, Listener listener) {
        this.participants = participants;
        this.listener = listener;
        this.charges = new LinkCharges(context.limits(), context.time(), participants);
        this.negotiations = new LinkNegotiations(context.session(), context.metrics());
        this.metrics = context.metrics();
    }

    LinkCharges charges() {
        return charges;
    }

    LinkNegotiations negotiations() {
        return negotiations;
    }

    LinkTable table() {
        return table;
    }

    /**
     * Opens a link, unless it is open: it may have been read from the log before the outcome of the append arrived.
     *
     * @param link as its ends see it
     */
    public void open(Link link) {
        if (isOpen(link)) {
            return;
        }
        table.open(link);
        charges.open(link);
        listener.opened(link);
        metrics.links(1);
        subscriptionsChanged(link);
    }

    /**
     * Closes a link, unless it is closed.
     *
     * @param link the link
     */
    public void close(Link link) {
        if (!isOpen(link)) {
            return;
        }
        table.close(link);
        negotiations.close(link);
        charges.close(link);
        listener.closed(link);
        metrics.links(-1);
        subscriptionsChanged(link);
    }

    private void subscriptionsChanged(Link link) {
        participants.subscriptionsChanged(link.subscriber(), table.countOpenedBy(link.subscriber()) > 0);
    }

    /**
     * Closes the links of a participant that another server holds from now on, unless this server holds their other end.
     *
     * @param id the participant
     */
    public void release(ConnectionId id) {
        for (Link link : table.ofConnection(id)) {
            if (!participants.isHere(link.otherThan(id))) {
                close(link);
            }
        }
    }

    /**
     * Changes what the subscriber of an open link receives.
     *
     * @param link the link
     * @param subscription what it receives from now on
     */
    public void change(Link link, Subscription subscription) {
        table.change(link, subscription);
    }

    /**
     * Tells whether a link is open.
     *
     * @param link the link
     * @return false once it was closed
     */
    public boolean isOpen(Link link) {
        return table.find(link.linkId(), link.subscriber()) != null;
    }

    /**
     * Finds a link for one of its ends.
     *
     * @param linkId its id
     * @param end the participant that names it
     * @return the link, or null if there is none or the participant is not one of its ends
     */
    public @Nullable Link find(LinkId linkId, ConnectionId end) {
        return table.find(linkId, end);
    }

    /**
     * Returns the links of a stream.
     *
     * @param streamId the stream
     * @return a copy
     */
    public List<Link> ofStream(StreamId streamId) {
        return table.ofStream(streamId);
    }

    /**
     * Returns the links of a participant.
     *
     * @param end the participant, as publisher or subscriber
     * @return a copy
     */
    public List<Link> ofConnection(ConnectionId end) {
        return table.ofConnection(end);
    }
}
