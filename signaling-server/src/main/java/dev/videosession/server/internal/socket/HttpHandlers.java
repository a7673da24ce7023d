package dev.videosession.server.internal.socket;

import dev.videosession.protocol.time.TimeSource;
import dev.videosession.server.internal.http.BodyAggregator;
import dev.videosession.server.internal.http.HttpConversation;
import dev.videosession.server.internal.http.RequestCheck;
import dev.videosession.server.internal.http.RouteHandler;
import dev.videosession.server.internal.http.RouteTable;
import dev.videosession.server.internal.logging.RefusalLog;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.flow.FlowControlHandler;

/** The handlers of every socket that starts as HTTP. */
final class HttpHandlers {
    private static final HttpDecoderConfig DECODER = new HttpDecoderConfig()
            .setMaxInitialLineLength(4 * 1024)
            .setMaxHeaderSize(16 * 1024)
            .setMaxChunkSize(16 * 1024)
            .setUseRfc9112TransferEncoding(true);
    private static final int MAX_BODY = 64 * 1024;

    private HttpHandlers() {}

    static void addTo(
            ChannelPipeline pipeline,
            SocketOrigin origin,
            RouteTable routes,
            long deadlineMillis,
            TimeSource time,
            RefusalLog refusals) {
        HttpDeadline deadline = new HttpDeadline(deadlineMillis, refusals);
        pipeline.addLast("bytes", deadline.listener());
        pipeline.addLast("http", new HttpServerCodec(DECODER));
        pipeline.addLast("check", new RequestCheck());
        pipeline.addLast("aggregator", new BodyAggregator(MAX_BODY));
        pipeline.addLast("deadline", deadline);
        pipeline.addLast("flow", new FlowControlHandler());
        pipeline.addLast("conversation", new HttpConversation(origin, time));
        pipeline.addLast("routes", new RouteHandler(routes));
    }
}
