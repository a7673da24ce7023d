package example.intruder;

import dev.videosession.media.internal.link.OutgoingLink;
import dev.videosession.protocol.sdp.SessionDescription;
import dev.videosession.session.internal.loop.SessionLoop;

/** Uses classes that the modules do not export. */
public final class Intruder {
    OutgoingLink link;
    SessionDescription description;
    SessionLoop loop;
}
