package dev.videosession.server.internal.redis;

import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * A way to Redis for scripts and channels. Nothing is sent twice: what was under way when the connection was lost fails, and is
 * not carried out after {@link Listener#up}. Thread-safe. No method blocks.
 */
public interface RedisConnection {
    /** Follows whether Redis can be reached. Called on a thread that must not be blocked. */
    interface Listener {
        /**
         * Commands are sent from now on.
         *
         * @param runId changes when another process serves the data: after a restart and after a failover
         */
        void up(String runId);

        /**
         * Commands fail from now on.
         *
         * @param cause why
         */
        void down(Throwable cause);
    }

    /** Gets what is published on channels. Called on a thread that must not be blocked. */
    interface ChannelListener {
        /**
         * A message was published.
         *
         * @param channel where
         * @param message the message
         */
        void message(String channel, byte[] message);

        /** Nothing more arrives: the connection for the channels was lost or closed. */
        void lost();
    }

    /** Open channels. Closing them again does nothing. */
    interface OpenChannels extends AutoCloseable {
        @Override
        void close();
    }

    /** {@return whether commands are sent} */
    boolean isUp();

    /** {@return the id of the process that serves the data, or an empty text while there is no connection} */
    String runId();

    /**
     * Adds a listener. It does not receive the present state.
     *
     * @param listener called until the connection is closed
     */
    void addListener(Listener listener);

    /**
     * Runs a script.
     *
     * @param script the script
     * @param keys its keys
     * @param arguments its arguments
     * @return its result: numbers are {@link Long}, texts are byte arrays, tables are lists; fails with
     *     {@link RedisDownException} if it was not sent, and with another exception if it is not known whether it was carried out
     */
    CompletionStage<List<Object>> eval(RedisScript script, String[] keys, byte[]... arguments);

    /**
     * Publishes a message. It may be lost.
     *
     * @param channel where
     * @param message the message
     */
    void publish(String channel, byte[] message);

    /**
     * Opens channels over a connection of their own. It is not opened again when it is lost.
     *
     * @param subscriber gets the messages
     * @param channels their names
     * @return the channels, when they are open; fails if Redis cannot be reached
     */
    CompletionStage<OpenChannels> subscribe(ChannelListener subscriber, String... channels);

    /**
     * Runs a task later, unless this is closed.
     *
     * @param task must not block
     * @param millis how much later, in milliseconds
     */
    void schedule(Runnable task, long millis);
}
