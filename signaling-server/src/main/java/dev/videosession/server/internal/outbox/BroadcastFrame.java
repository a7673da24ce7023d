package dev.videosession.server.internal.outbox;

import io.netty.buffer.ByteBuf;

/**
 * A message to the members of a session whose sockets are on one event loop.
 *
 * @param frame the message as it goes over the wire; one reference belongs to this
 * @param length of the message, in bytes
 * @param aboutConnection whether only members that receive events about connections get it
 * @param startNanos when the session sent it, in nanoseconds of the monotonic clock
 */
record BroadcastFrame(ByteBuf frame, int length, boolean aboutConnection, long startNanos) implements MailboxTask {
    @Override
    public void deliver(Mailbox mailbox) {
        mailbox.collect(this);
    }

    @Override
    public void discard() {
        frame.release();
    }
}
