package dev.videosession.server.socket;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes a socket that takes too long to say what it wants. The time runs from the start, or from the last answer, until
 * the next request is complete; single bytes do not extend it.
 */
final class HttpDeadline extends ChannelDuplexHandler {
    private static final Logger LOG = LoggerFactory.getLogger(HttpDeadline.class);

    private final long millis;
    private @Nullable Future<?> timer;

    HttpDeadline(long millis) {
        this.millis = millis;
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
        restart(context);
        context.write(message, promise);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // nobody waits for the close
    private void restart(ChannelHandlerContext context) {
        stop();
        timer = context.executor()
                .schedule(
                        () -> {
                            LOG.info("event=httpTimeout millis={}", millis);
                            context.close();
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
