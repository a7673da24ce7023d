package dev.videosession.session.internal.link;

import dev.videosession.media.internal.link.LinkConfig;
import dev.videosession.protocol.message.ClientMessage;
import dev.videosession.protocol.message.Feature;
import dev.videosession.protocol.message.LinkMessage;
import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.session.internal.dispatch.CallbackQueue;
import dev.videosession.session.internal.loop.SessionLoop;
import java.util.function.Consumer;
import java.util.function.LongFunction;

/** Signaling as the parts of an established connection use it: requests, link messages, and the loop. Used on the loop. */
public interface SignalingPort {
    SessionLoop loop();

    CallbackQueue callbacks();

    /** Sends a request; the answer is called exactly once, on the loop. */
    void request(LongFunction<? extends ClientMessage.Request> maker, Consumer<ServerMessage.Reply> answer);

    /** Sends a message to the remote peer of a media link; drops it while the server is lost. */
    void send(LinkMessage message);

    /** {@return whether the server announced a feature} */
    boolean serverUnderstands(Feature feature);

    LinkConfig linkConfig();
}
