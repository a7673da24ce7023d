package dev.videosession.server.internal.outbox;

import dev.videosession.protocol.CloseCode;
import dev.videosession.protocol.codec.EncodedMessage;
import dev.videosession.protocol.time.TimeSource;
import dev.videosession.server.internal.metrics.ServerMetrics;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a session sends goes through here, in the order in which it decides. There is one mailbox for each
 * event loop that has sockets of the session, and whatever is posted while its task waits to run shares that one task
 * and one flush for each socket; broadcasts that follow each other share one buffer. Belongs to the session's loop.
 */
public final class Deliveries {
    private final Map<EventLoop, Mailbox> mailboxes = new HashMap<>();
    private final ServerMetrics metrics;
    private final TimeSource time;

    /**
     * Makes the deliveries of one session.
     *
     * @param metrics counts messages and measures broadcasts
     * @param time the monotonic clock
     */
    public Deliveries(ServerMetrics metrics, TimeSource time) {
        this.metrics = metrics;
        this.time = time;
    }

    /**
     * Includes a socket in the broadcasts that follow.
     *
     * @param outbox of the socket
     * @param connectionEvents whether it gets those about connections of other clients
     */
    public void admit(Outbox outbox, boolean connectionEvents) {
        Mailbox mailbox = mailbox(outbox);
        mailbox.memberCount++;
        mailbox.post(outbox, () -> mailbox.members.put(outbox, connectionEvents));
    }

    /**
     * Excludes a socket from the broadcasts that follow.
     *
     * @param outbox of the socket
     */
    public void dismiss(Outbox outbox) {
        Mailbox mailbox = mailbox(outbox);
        mailbox.memberCount--;
        mailbox.post(outbox, () -> mailbox.members.remove(outbox));
    }

    /**
     * Sends a message to one socket.
     *
     * @param outbox of the socket
     * @param utf8 the message
     */
    public void send(Outbox outbox, byte[] utf8) {
        Mailbox mailbox = mailbox(outbox);
        mailbox.post(outbox, () -> mailbox.write(outbox, TextFrame.of(utf8)));
        metrics.sent(1, utf8.length);
    }

    /**
     * Sends a message that may be long to one socket.
     *
     * @param outbox of the socket
     * @param message the message
     */
    public void send(Outbox outbox, EncodedMessage message) {
        Mailbox mailbox = mailbox(outbox);
        mailbox.post(outbox, () -> mailbox.write(outbox, message));
        metrics.sent(1, message.length());
    }

    /**
     * Sends a last message and closes a socket.
     *
     * @param outbox of the socket
     * @param last the message, or null
     * @param code why
     */
    public void finish(Outbox outbox, byte @Nullable [] last, CloseCode code) {
        mailbox(outbox)
                .post(outbox, () -> outbox.finish(last, code, code.detail().wireName()));
    }

    /** {@return whether a broadcast would reach a socket} */
    public boolean hasRecipients() {
        for (Mailbox mailbox : mailboxes.values()) {
            if (mailbox.memberCount > 0) {
                return true;
            }
        }
        return false;
    }

    /**
     * Sends a message to every admitted socket. It is made into a frame once and shared by all.
     *
     * @param utf8 the message
     * @param aboutConnection whether it is about a connection of another client
     */
    public void broadcast(byte[] utf8, boolean aboutConnection) {
        long start = time.nanos();
        ByteBuf frame = TextFrame.of(utf8);
        for (Mailbox mailbox : mailboxes.values()) {
            if (mailbox.memberCount > 0) {
                mailbox.post(new BroadcastFrame(frame.retain(), utf8.length, aboutConnection, start));
            }
        }
        frame.release();
    }

    private Mailbox mailbox(Outbox outbox) {
        return mailboxes.computeIfAbsent(outbox.loop(), loop -> new Mailbox(loop, metrics, time));
    }
}
