package dev.videosession.server.internal.socket;

import dev.videosession.server.http.HttpReply;
import dev.videosession.server.internal.http.HttpResponses;
import dev.videosession.server.internal.logging.RefusalLog;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.util.concurrent.Future;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes a socket that takes too long to say what it wants. The time runs from the start, or from the last answer, until
 * the next answer; single bytes do not extend it. A client that sent a part of a request gets status 408. Stands behind the handler
 * that puts requests together.
 */
final class HttpDeadline extends ChannelDuplexHandler {
    private static final Logger LOG = LoggerFactory.getLogger(HttpDeadline.class);

    private final long millis;
    private final RefusalLog refusals;
    private @Nullable Future<?> timer;
    private boolean begun;
    private boolean answered;

    HttpDeadline(long millis, RefusalLog refusals) {
        this.millis = millis;
        this.refusals = refusals;
    }

    /** Notices the first bytes of a request. Stands before the handlers that take them apart. */
    ChannelHandler listener() {
        return new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext context, Object message) {
                begun = true;
                context.fireChannelRead(message);
            }
        };
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        begun = false;
        context.fireChannelRead(message);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        restart(context);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        stop();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        stop();
        context.fireChannelInactive();
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // passed on as it came
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        answered = true;
        restart(context);
        context.write(message, promise);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // nothing depends on the close
    private void restart(ChannelHandlerContext context) {
        stop();
        timer = context.executor()
                .schedule(
                        () -> {
                            if (begun || !answered) {
                                refusals.info(LOG, "httpTimeout", "millis={}", millis);
                            } // else a client, or a proxy, kept the socket open and had no further request
                            if (begun) {
                                HttpReply error = HttpReply.error(408, "The request did not arrive in time.");
                                HttpReply reply = new HttpReply(
                                        408, error.contentType(), Map.of("Retry-After", "1"), error.body());
                                context.writeAndFlush(HttpResponses.of(reply, false))
                                        .addListener(ChannelFutureListener.CLOSE);
                            } else {
                                context.close();
                            }
                        },
                        millis,
                        TimeUnit.MILLISECONDS);
    }

    private void stop() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }
}
