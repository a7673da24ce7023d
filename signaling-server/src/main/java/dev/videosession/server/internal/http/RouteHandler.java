package dev.videosession.server.internal.http;

import dev.videosession.server.http.HttpCall;
import dev.videosession.server.http.HttpReply;
import dev.videosession.server.internal.memory.OutOfMemory;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.CodecException;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.io.IOException;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers HTTP requests on one socket from the route table. Reads no further while an answer is outstanding, so that
 * answers keep the order of the requests. {@link HttpConversation} closes the socket behind the last answer.
 */
public final class RouteHandler extends SimpleChannelInboundHandler<FullHttpRequest> {
    private static final Logger LOG = LoggerFactory.getLogger(RouteHandler.class);

    private final RouteTable routes;

    /**
     * Makes the handler of one socket.
     *
     * @param routes the table
     */
    public RouteHandler(RouteTable routes) {
        this.routes = routes;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
        if (request.decoderResult().isFailure()) {
            answer(context, malformed(request.decoderResult().cause()), false);
            return;
        }
        boolean keepAlive = HttpUtil.isKeepAlive(request);
        context.channel().config().setAutoRead(false);
        CompletionStage<HttpReply> reply;
        try {
            reply = reply(request);
        } catch (RuntimeException e) {
            reply = CompletableFuture.failedFuture(e);
        }
        CompletionStage<HttpReply> sent = reply.whenComplete(
                (result, failure) -> context.executor().execute(() -> complete(context, result, failure, keepAlive)));
        if (LOG.isTraceEnabled()) {
            LOG.trace(
                    "event=httpRequest method={} answered={}",
                    request.method(),
                    sent.toCompletableFuture().isDone());
        }
    }

    private void complete(
            ChannelHandlerContext context, @Nullable HttpReply result, @Nullable Throwable failure, boolean keepAlive) {
        if (result == null) {
            OutOfMemory.check(failure);
            LOG.error("event=httpHandlerFailed", failure);
            answer(context, HttpReply.error(500, "The server failed."), keepAlive);
        } else {
            answer(context, result, keepAlive);
        }
        context.channel().config().setAutoRead(true);
    }

    private CompletionStage<HttpReply> reply(FullHttpRequest request) {
        Optional<RequestTarget> target = RequestTarget.parse(request.uri());
        if (target.isEmpty()) {
            return CompletableFuture.completedFuture(HttpReply.error(400, "The path is malformed."));
        }
        String path = target.get().path();
        return routes.find(request.method().name(), path)
                .reply(parameters -> new HttpCall(
                        request.method().name(),
                        path,
                        Map.copyOf(parameters),
                        target.get().query(),
                        headers(request),
                        request.content().toString(StandardCharsets.UTF_8)));
    }

    private static HttpHeaders headers(FullHttpRequest request) {
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (Map.Entry<String, String> header : request.headers()) {
            headers.computeIfAbsent(header.getKey(), name -> new ArrayList<>()).add(header.getValue());
        }
        return HttpHeaders.of(headers, (name, value) -> true);
    }

    private static HttpReply malformed(Throwable cause) {
        if (cause instanceof RequestCheck.RefusedRequestException refused) {
            return refused.reply();
        }
        if (cause instanceof TooLongHttpLineException) {
            return HttpReply.error(414, "The request line is too long.");
        }
        if (cause instanceof TooLongHttpHeaderException) {
            return HttpReply.error(431, "The headers are too long.");
        }
        return HttpReply.error(400, "The request is malformed.");
    }

    @SuppressWarnings("FutureReturnValueIgnored") // a void promise: failures reach the pipeline, which closes
    private static void answer(ChannelHandlerContext context, HttpReply reply, boolean keepAlive) {
        context.writeAndFlush(HttpResponses.of(reply, keepAlive), context.voidPromise());
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // nothing depends on the close
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        OutOfMemory.check(cause);
        if (cause instanceof IOException || cause instanceof CodecException) {
            LOG.debug("event=httpSocketFailed", cause);
        } else {
            LOG.error("event=httpSocketFailed", cause);
        }
        context.close();
    }
}
