package dev.videosession.session.internal.link;

import dev.videosession.media.internal.link.LinkConfig;
import dev.videosession.protocol.ClientMessage;
import dev.videosession.protocol.Feature;
import dev.videosession.protocol.LinkMessage;
import dev.videosession.protocol.ServerMessage;
import dev.videosession.session.internal.dispatch.CallbackQueue;
import dev.videosession.session.internal.loop.SessionLoop;
import java.util.function.Consumer;
import java.util.function.LongFunction;

/** What the parts of an established session need from its connection to the server. Used on the loop only. */
public interface SignalingPort {
    SessionLoop loop();

    CallbackQueue callbacks();

    /** Sends a request; the answer is called exactly once, on the loop. */
    void request(LongFunction<? extends ClientMessage.Request> maker, Consumer<ServerMessage.Reply> answer);

    /** Sends to the other end of a media link, or drops the message while the server is out of reach. */
    void send(LinkMessage message);

    /** Tells whether the server announced a feature. */
    boolean serverUnderstands(Feature feature);

    LinkConfig linkConfig();
}
