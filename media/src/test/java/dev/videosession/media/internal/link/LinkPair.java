package dev.videosession.media.internal.link;

import dev.videosession.media.internal.capture.LocalMedia;
import dev.videosession.media.internal.engine.RtcEngine;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A sending and a receiving link in one process, joined. */
final class LinkPair implements AutoCloseable {
    final LoopbackSignaling out = new LoopbackSignaling();
    final LoopbackSignaling in = new LoopbackSignaling();
    final OutgoingLink sender;
    final IncomingLink receiver;

    LinkPair(RtcEngine engine, LocalMedia media) {
        receiver = engine.receive(LinkConfig.DIRECT, in);
        out.to(() -> receiver);
        CompletableFuture<OutgoingLink> created = new CompletableFuture<>();
        in.to(created::join);
        sender = engine.send(media, LinkConfig.DIRECT, out);
        created.complete(sender);
    }

    @Override
    public void close() throws Exception {
        receiver.close();
        sender.close();
        receiver.closed().get(10, TimeUnit.SECONDS);
        sender.closed().get(10, TimeUnit.SECONDS);
    }
}
