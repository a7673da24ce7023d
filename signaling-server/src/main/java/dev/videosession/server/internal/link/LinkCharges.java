package dev.videosession.server.internal.link;

import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.message.LinkId;
import dev.videosession.protocol.message.LinkMessage;
import dev.videosession.protocol.time.TimeSource;
import dev.videosession.server.internal.limit.LinkAllowance;
import dev.videosession.server.internal.limit.LinkBudget;
import dev.videosession.server.internal.state.Link;
import dev.videosession.server.settings.ServerLimits;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What the ends of a session's links may send: each end has a budget for each of its links. Also knows the links that closed a
 * short while ago, because their ends may still be sending. Belongs to the session's loop.
 */
final class LinkCharges {
    private static final int CLOSED_LINKS = 256;

    private final ServerLimits limits;
    private final TimeSource time;
    private final LinkParticipants participants;
    private final Map<LinkId, Budgets> open = new HashMap<>();
    private final Map<LinkId, Budgets> closed = new LinkedHashMap<>();

    LinkCharges(ServerLimits limits, TimeSource time, LinkParticipants participants) {
        this.limits = limits;
        this.time = time;
        this.participants = participants;
    }

    private record Budgets(Link link, EndBudget publisher, EndBudget subscriber) {
        @Nullable
        EndBudget of(ConnectionId end) {
            if (end.equals(link.publisher())) {
                return publisher;
            }
            return end.equals(link.subscriber()) ? subscriber : null;
        }
    }

    void open(Link link) {
        open.put(link.linkId(), new Budgets(link, new EndBudget(limits, time), new EndBudget(limits, time)));
        forEnds(link, LinkAllowance::linkOpened);
    }

    void close(Link link) {
        Budgets left = open.remove(link.linkId());
        if (left != null) {
            closed.put(link.linkId(), left);
            if (closed.size() > CLOSED_LINKS) {
                closed.remove(closed.keySet().iterator().next());
            }
        }
        forEnds(link, LinkAllowance::linkClosed);
    }

    private void forEnds(Link link, Consumer<LinkAllowance> action) {
        for (ConnectionId end : List.of(link.publisher(), link.subscriber())) {
            LinkAllowance allowance = participants.allowance(end);
            if (allowance != null) {
                action.accept(allowance);
            }
        }
    }

    /** {@return false if the sender, an end of an open link, has sent too much} */
    boolean take(Link link, ConnectionId sender, LinkMessage message) {
        return take(open.get(link.linkId()), sender, message);
    }

    /** {@return whether a message is for a link that closed before its sender knew, and within the budget of that link} */
    boolean takeLate(ConnectionId sender, LinkMessage message) {
        return take(closed.get(message.linkId()), sender, message);
    }

    private static boolean take(@Nullable Budgets budgets, ConnectionId sender, LinkMessage message) {
        EndBudget budget = budgets == null ? null : budgets.of(sender);
        return budget != null && message.accept(budget);
    }

    /** Grants an end of an open link what an answer costs. */
    void grantAnswer(Link link, ConnectionId answering) {
        Budgets budgets = open.get(link.linkId());
        EndBudget budget = budgets == null ? null : budgets.of(answering);
        LinkAllowance allowance = participants.allowance(answering);
        if (budget != null && allowance != null) {
            budget.grantAnswer();
            allowance.grant(LinkBudget.ANSWER_MESSAGES, LinkBudget.ANSWER_BYTES);
        }
    }

    /** The budget of one end of a link. Each method charges a message and returns false if the end has sent too much. */
    private static final class EndBudget implements LinkMessage.Visitor<Boolean> {
        private final TimeSource time;
        private final LinkBudget budget;

        EndBudget(ServerLimits limits, TimeSource time) {
            this.time = time;
            this.budget = new LinkBudget(limits, time.nanos());
        }

        void grantAnswer() {
            budget.grantAnswer(time.nanos());
        }

        @Override
        public Boolean onDescription(LinkMessage.Description message) {
            return budget.take(LinkBudget.DESCRIPTION, message.sdp().length(), time.nanos());
        }

        @Override
        public Boolean onCandidate(LinkMessage.Candidate message) {
            return budget.take(1, message.candidate().length(), time.nanos());
        }

        @Override
        public Boolean onCandidates(LinkMessage.Candidates message) {
            int length = 0;
            for (LinkMessage.Candidates.Entry each : message.candidates()) {
                length += each.candidate().length();
            }
            return budget.take(message.candidates().size(), length, time.nanos());
        }

        @Override
        public Boolean onReception(LinkMessage.ReceptionReport message) {
            return budget.take(1, 0, time.nanos());
        }

        @Override
        public Boolean onProbe(LinkMessage.Probe message) {
            return budget.take(1, message.padding().length(), time.nanos());
        }

        @Override
        public Boolean onFallback(LinkMessage.Fallback message) {
            return budget.take(1, 0, time.nanos());
        }

        @Override
        public Boolean onRestart(LinkMessage.Restart message) {
            return budget.takeRestart(time.nanos());
        }
    }
}
