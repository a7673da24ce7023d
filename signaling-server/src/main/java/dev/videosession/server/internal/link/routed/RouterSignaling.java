package dev.videosession.server.internal.link.routed;

import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.StreamId;
import dev.videosession.protocol.message.LinkId;
import dev.videosession.protocol.message.LinkMessage;
import dev.videosession.server.internal.router.RouterRefusal;
import java.util.List;

/** What the router's ends of links send to the other ends, and report. Belongs to the session's loop. */
interface RouterSignaling {
    /** Passes a message of the router to the other end of its link. */
    void relay(LinkMessage message);

    /** Tells the other end of a link that the router refuses it, or its description. */
    void refuse(LinkId linkId, RouterRefusal refusal, String reason);

    /** The router receives a stream from its publisher. */
    void connected(StreamId streamId);

    /** Closes the link of a publisher and opens another one. */
    void renew(LinkId linkId);

    /** Tells a publisher which encodings of its video are needed. */
    void need(LinkId linkId, List<Integer> encodings);

    /** Closes the link of a publisher to this router, because its subscribers receive from the router of another server. */
    void moved(LinkId linkId, ConnectionId publisher);
}
