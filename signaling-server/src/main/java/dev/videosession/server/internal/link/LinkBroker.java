package dev.videosession.server.internal.link;

import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.DescriptionKind;
import dev.videosession.protocol.ErrorCode;
import dev.videosession.protocol.Feature;
import dev.videosession.protocol.LinkCloseReason;
import dev.videosession.protocol.LinkId;
import dev.videosession.protocol.LinkMessage;
import dev.videosession.protocol.ServerMessage;
import dev.videosession.protocol.StreamId;
import dev.videosession.protocol.Subscription;
import dev.videosession.server.internal.limit.LinkAllowance;
import dev.videosession.server.internal.limit.LinkBudget;
import dev.videosession.server.internal.metrics.ServerMetrics;
import dev.videosession.server.settings.ServerLimits;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The media links of one session: decides who may open one, passes messages between the two ends and charges each end for
 * what it sends. An end that exceeds its budget costs the link, never the connection. Belongs to the session's loop.
 */
public final class LinkBroker {
    private static final Logger LOG = LoggerFactory.getLogger(LinkBroker.class);

    /** Links that closed a short while ago, whose ends may still be sending. */
    private static final int CLOSED_LINKS = 256;

    private final ServerLimits limits;
    private final ServerMetrics metrics;
    private final LongSupplier nanoClock;
    private final LinkParticipants participants;
    private final LinkTable links = new LinkTable();
    private final LinkRelay relay;
    private final OpeningRates openings = new OpeningRates();
    private final Map<LinkId, Budgets> budgets = new HashMap<>();
    private final Map<LinkId, Closed> closed = new LinkedHashMap<>();

    private record Budgets(LinkBudget publisher, LinkBudget subscriber) {
        LinkBudget of(ConnectionId end, LinkTable.Link link) {
            return end.equals(link.publisher()) ? publisher : subscriber;
        }
    }

    private record Closed(LinkTable.Link link, Budgets budgets) {}

    /**
     * Makes the broker of a session without links.
     *
     * @param limits of the server
     * @param metrics counts links
     * @param nanoClock tells the time
     * @param participants the connections
     */
    public LinkBroker(
            ServerLimits limits, ServerMetrics metrics, LongSupplier nanoClock, LinkParticipants participants) {
        this.limits = limits;
        this.metrics = metrics;
        this.nanoClock = nanoClock;
        this.participants = participants;
        this.relay = new LinkRelay(metrics);
    }

    /**
     * Decides whether a connection may subscribe to a stream that it is otherwise permitted to see, and charges it for the
     * attempt.
     *
     * @param subscriber the connection
     * @param streamId a stream of the session
     * @return why not, or empty
     */
    public Optional<LinkRefusal> refusal(ConnectionId subscriber, StreamId streamId) {
        if (links.isSubscribed(subscriber, streamId)) {
            return Optional.of(new LinkRefusal(
                    ErrorCode.ALREADY_SUBSCRIBED,
                    "this connection is subscribed to the stream already: unsubscribe first"));
        }
        int most = limits.subscriptionsPerConnection();
        if (links.countOpenedBy(subscriber) >= most) {
            return Optional.of(new LinkRefusal(
                    ErrorCode.STREAM_LIMIT_EXCEEDED, "a connection may have " + most + " subscriptions"));
        }
        int linksPerStream = limits.linksPerStream();
        if (links.countOf(streamId) >= linksPerStream) {
            return Optional.of(new LinkRefusal(
                    ErrorCode.RELAYED_LIMIT_EXCEEDED,
                    "the stream has " + linksPerStream + " subscribers, the most that its publisher serves: more need a"
                            + " routed session, which this server does not support yet"));
        }
        long wait = openings.take(subscriber, streamId, nanoClock.getAsLong());
        return wait == 0
                ? Optional.empty()
                : Optional.of(new LinkRefusal(
                        null,
                        ErrorCode.RATE_LIMIT_EXCEEDED,
                        "too many subscriptions to the same stream: slow down",
                        wait));
    }

    /**
     * Opens a link and tells its publisher.
     *
     * @param link with a new id
     */
    public void open(LinkTable.Link link) {
        long now = nanoClock.getAsLong();
        links.open(link);
        budgets.put(link.linkId(), new Budgets(new LinkBudget(limits, now), new LinkBudget(limits, now)));
        metrics.links(1);
        forEnds(link, LinkAllowance::linkOpened);
        participants.subscriptionsChanged(link.subscriber());
        tellOpened(link);
    }

    private void tellOpened(LinkTable.Link link) {
        participants.tell(
                link.publisher(),
                new ServerMessage.LinkOpened(link.linkId(), link.streamId(), link.subscriber(), link.subscription()));
    }

    private void forEnds(LinkTable.Link link, Consumer<LinkAllowance> action) {
        for (ConnectionId end : List.of(link.publisher(), link.subscriber())) {
            LinkAllowance allowance = participants.allowance(end);
            if (allowance != null) {
                action.accept(allowance);
            }
        }
    }

    private void close(LinkTable.Link link) {
        links.close(link);
        relay.close(link);
        Budgets left = budgets.remove(link.linkId());
        if (left != null) {
            closed.put(link.linkId(), new Closed(link, left));
            if (closed.size() > CLOSED_LINKS) {
                closed.remove(closed.keySet().iterator().next());
            }
        }
        metrics.links(-1);
        forEnds(link, LinkAllowance::linkClosed);
        participants.subscriptionsChanged(link.subscriber());
    }

    /**
     * Closes a link because its subscriber wants no more of it, and tells the publisher.
     *
     * @param link an open link
     */
    public void unsubscribe(LinkTable.Link link) {
        close(link);
        participants.tell(link.publisher(), new ServerMessage.LinkClosed(link.linkId()));
    }

    /**
     * Changes what the subscriber of a link wants, and tells the publisher.
     *
     * @param link an open link
     * @param subscription what it wants now
     */
    public void update(LinkTable.Link link, Subscription subscription) {
        links.change(link, subscription);
        participants.tell(link.publisher(), new ServerMessage.LinkUpdated(link.linkId(), subscription));
    }

    /**
     * Closes the links of a stream that has ended and tells both ends.
     *
     * @param streamId the stream
     */
    public void streamEnded(StreamId streamId) {
        for (LinkTable.Link link : links.ofStream(streamId)) {
            close(link);
            participants.tell(link.subscriber(), new ServerMessage.LinkClosed(link.linkId()));
            participants.tell(link.publisher(), new ServerMessage.LinkClosed(link.linkId()));
        }
    }

    /**
     * Closes the links of a connection that has ended and tells their other ends.
     *
     * @param id the connection
     */
    public void connectionEnded(ConnectionId id) {
        for (LinkTable.Link link : links.ofConnection(id)) {
            close(link);
            participants.tell(link.otherThan(id), new ServerMessage.LinkClosed(link.linkId()));
        }
    }

    /**
     * Tells a publisher of its open links again, because what was written to a dying socket is lost. For each of them it may
     * negotiate anew.
     *
     * @param publisher the connection
     * @param candidates links, of which those that it does not publish are ignored
     */
    public void reopen(ConnectionId publisher, List<LinkTable.Link> candidates) {
        for (LinkTable.Link link : candidates) {
            if (link.publisher().equals(publisher)) {
                grantAnswer(link, publisher);
                tellOpened(link);
            }
        }
    }

    /**
     * Passes a message to the other end of its link, if it is well-formed and fits what the link negotiated before.
     *
     * @param from the connection that sent it
     * @param message the message
     * @return why the sender is refused, or empty
     */
    public Optional<LinkRefusal> relay(ConnectionId from, LinkMessage message) {
        LinkTable.Link link = links.find(message.linkId(), from);
        if (link == null) {
            return isLate(from, message)
                    ? Optional.empty()
                    : Optional.of(new LinkRefusal(ErrorCode.LINK_NOT_FOUND, "this connection has no such link"));
        }
        if (!mayBeSentBy(from, link, message)) {
            return Optional.of(new LinkRefusal(
                    ErrorCode.INVALID_PARAMETER, "offers are the publisher's, answers and restarts the subscriber's"));
        }
        Budgets both = budgets.get(link.linkId());
        if (both == null || !charge(both.of(from, link), message)) {
            closeForRate(link, from);
            return Optional.empty();
        }
        Relayed relayed = relay.take(link, from, message);
        if (relayed instanceof Relayed.Refused refused) {
            return Optional.of(new LinkRefusal(link.linkId(), refused.code(), refused.message(), 0));
        } else if (relayed instanceof Relayed.Forwarded forwarded) {
            forward(link, link.otherThan(from), forwarded.message());
        }
        return Optional.empty();
    }

    private void forward(LinkTable.Link link, ConnectionId other, LinkMessage message) {
        if (isToBeAnswered(message)) {
            grantAnswer(link, other);
        }
        if (message instanceof LinkMessage.Candidates batch
                && !participants.understands(other, Feature.CANDIDATE_BATCHES)) {
            batch.split().forEach(each -> participants.tell(other, each));
        } else {
            participants.tell(other, message);
        }
    }

    /** Answers grant nothing: two ends that play together must not grant each other more than they pay. */
    private static boolean isToBeAnswered(LinkMessage message) {
        return message instanceof LinkMessage.Restart
                || (message instanceof LinkMessage.Description description
                        && description.kind() == DescriptionKind.OFFER);
    }

    /** An end whose link was closed meanwhile is not refused for what it sent before it knew, within the link's budget. */
    private boolean isLate(ConnectionId from, LinkMessage message) {
        Closed gone = closed.get(message.linkId());
        return gone != null
                && (from.equals(gone.link().publisher())
                        || from.equals(gone.link().subscriber()))
                && charge(gone.budgets().of(from, gone.link()), message);
    }

    private boolean charge(LinkBudget budget, LinkMessage message) {
        long now = nanoClock.getAsLong();
        if (message instanceof LinkMessage.Description description) {
            return budget.take(LinkBudget.DESCRIPTION, description.sdp().length(), now);
        } else if (message instanceof LinkMessage.Candidate candidate) {
            return budget.take(1, candidate.candidate().length(), now);
        } else if (message instanceof LinkMessage.Candidates batch) {
            int length = batch.candidates().stream()
                    .mapToInt(each -> each.candidate().length())
                    .sum();
            return budget.take(batch.candidates().size(), length, now);
        }
        return budget.takeRestart(now);
    }

    private void grantAnswer(LinkTable.Link link, ConnectionId answering) {
        Budgets both = budgets.get(link.linkId());
        LinkAllowance allowance = participants.allowance(answering);
        if (both != null && allowance != null) {
            both.of(answering, link).grantAnswer(nanoClock.getAsLong());
            allowance.grant(LinkBudget.ANSWER_MESSAGES, LinkBudget.ANSWER_BYTES);
        }
    }

    private void closeForRate(LinkTable.Link link, ConnectionId sender) {
        LOG.info("event=linkOverBudget link={} stream={} sender={}", link.linkId(), link.streamId(), sender);
        metrics.linkOverBudget();
        close(link);
        ServerMessage told = new ServerMessage.LinkClosed(link.linkId(), LinkCloseReason.RATE_LIMIT);
        participants.tell(link.publisher(), told);
        participants.tell(link.subscriber(), told);
    }

    private static boolean mayBeSentBy(ConnectionId sender, LinkTable.Link link, LinkMessage message) {
        boolean publisher = sender.equals(link.publisher());
        if (message instanceof LinkMessage.Description description) {
            return publisher == (description.kind() == DescriptionKind.OFFER);
        }
        return !(message instanceof LinkMessage.Restart) || !publisher;
    }

    /**
     * Finds the subscription of a connection.
     *
     * @param linkId id of its link
     * @param subscriber the connection
     * @return the link, or empty if the connection does not receive by it
     */
    public Optional<LinkTable.Link> subscription(LinkId linkId, ConnectionId subscriber) {
        return Optional.ofNullable(links.find(linkId, subscriber))
                .filter(link -> link.subscriber().equals(subscriber));
    }

    /**
     * Tells whether a connection receives a stream.
     *
     * @param subscriber the connection
     * @return true if it has at least one subscription
     */
    public boolean isSubscribing(ConnectionId subscriber) {
        return links.countOpenedBy(subscriber) > 0;
    }

    /**
     * Returns the links of a stream.
     *
     * @param streamId the stream
     * @return a copy
     */
    public List<LinkTable.Link> ofStream(StreamId streamId) {
        return links.ofStream(streamId);
    }

    /**
     * Returns the links of a connection.
     *
     * @param end the connection, as publisher or subscriber
     * @return a copy
     */
    public List<LinkTable.Link> ofConnection(ConnectionId end) {
        return links.ofConnection(end);
    }
}
