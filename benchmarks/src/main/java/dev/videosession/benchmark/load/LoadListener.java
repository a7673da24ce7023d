package dev.videosession.benchmark.load;

import dev.videosession.benchmark.dialect.FrameKind;
import java.nio.ByteBuffer;

/** Learns what clients receive. Called on the thread of the load generator. */
public interface LoadListener {
    /**
     * A client became a member of its session.
     *
     * @param client the client
     */
    default void joined(LoadClient client) {}

    /**
     * A message to all members arrived.
     *
     * @param client where
     * @param buffer has it
     * @param end behind its last byte
     */
    default void message(LoadClient client, ByteBuffer buffer, int end) {}

    /**
     * Another frame arrived.
     *
     * @param client where
     * @param kind neither {@link FrameKind#MESSAGE} nor one of those that the client handles
     */
    default void received(LoadClient client, FrameKind kind) {}

    /**
     * A socket was closed by the server, or could not be opened.
     *
     * @param client which
     * @param cause why
     */
    default void closed(LoadClient client, String cause) {}
}
