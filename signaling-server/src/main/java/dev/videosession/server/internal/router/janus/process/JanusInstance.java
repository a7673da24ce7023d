package dev.videosession.server.internal.router.janus.process;

import dev.videosession.server.settings.JanusEndpoint;
import java.io.IOException;
import java.util.function.Consumer;

/** A Janus that runs. */
public interface JanusInstance extends AutoCloseable {
    /** {@return where it is} */
    JanusEndpoint endpoint();

    /** Ends it at once, if it belongs to this server. A second call does nothing. */
    @Override
    void close();

    /** Makes instances, one at a time. */
    @FunctionalInterface
    interface Launcher {
        /**
         * Starts a Janus or finds a running one.
         *
         * @param onExit called on any thread when it has ended without having been closed, with the reason
         * @return the instance, which may need some time until it answers
         * @throws IOException if it cannot be started; the message says why and what to do
         */
        JanusInstance launch(Consumer<String> onExit) throws IOException;
    }
}
