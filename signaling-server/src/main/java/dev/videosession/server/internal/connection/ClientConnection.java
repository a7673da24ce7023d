package dev.videosession.server.internal.connection;

import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.DisconnectDetail;
import dev.videosession.protocol.message.ConnectionInfo;
import dev.videosession.protocol.message.Feature;
import dev.videosession.server.internal.address.ClientAddress;
import dev.videosession.server.internal.limit.MessageThrottle;
import dev.videosession.server.internal.outbox.Outbox;
import dev.videosession.server.internal.state.TokenPass;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One client in a session. It outlives its socket for the resume window; messages for it alone are parked meanwhile, or wait in the log, up
 * to a limit. Belongs to the session's loop, but for what never changes.
 */
public final class ClientConnection {
    private static final int MAX_PARKED_MESSAGES = 1024;
    private static final int MAX_PARKED_BYTES = 1024 * 1024;

    private final ConnectionInfo info;
    private final TokenPass pass;
    private final boolean connectionEvents;
    private final @Nullable List<String> features;
    private final MessageThrottle throttle;
    private final ClientAddress address;
    private final List<byte[]> parked = new ArrayList<>();
    private volatile int parkedBytes;
    private int waiting;
    private long waitingBytes;
    private @Nullable Outbox outbox;
    private boolean restarting;
    private ResumeKeys keys = ResumeKeys.NONE;
    private long lastResume;
    private DisconnectDetail lossDetail = DisconnectDetail.SOCKET_LOST;
    private long losses;

    /**
     * Makes a connection without a socket.
     *
     * @param info what every client in the session sees of it
     * @param pass its token
     * @param connectionEvents whether it gets events about other connections
     * @param features what its client announced, or null
     * @param throttle how much its client may send
     * @param address of its client
     */
    public ClientConnection(
            ConnectionInfo info,
            TokenPass pass,
            boolean connectionEvents,
            @Nullable List<String> features,
            MessageThrottle throttle,
            ClientAddress address) {
        this.info = info;
        this.pass = pass;
        this.connectionEvents = connectionEvents;
        this.features = features;
        this.throttle = throttle;
        this.address = address;
    }

    /**
     * Tells whether its client announced a feature. May be called on any thread.
     *
     * @param feature the feature
     * @return true if it did
     */
    public boolean understands(Feature feature) {
        return feature.isIn(features);
    }

    /** {@return what its client announced, or null; callable on any thread} */
    public @Nullable List<String> features() {
        return features;
    }

    /** {@return the throttle of all its sockets; callable on any thread} */
    public MessageThrottle throttle() {
        return throttle;
    }

    /** {@return the address of its client; callable on any thread} */
    public ClientAddress address() {
        return address;
    }

    /** {@return its id; callable on any thread} */
    public ConnectionId id() {
        return info.connectionId();
    }

    /** {@return what every client in the session sees of it; callable on any thread} */
    public ConnectionInfo info() {
        return info;
    }

    /** {@return the identity of its token; callable on any thread} */
    public TokenPass pass() {
        return pass;
    }

    /** {@return whether its client gets events about other connections; callable on any thread} */
    public boolean wantsConnectionEvents() {
        return connectionEvents;
    }

    /** {@return the outbox of its socket, or null while it has no socket} */
    public @Nullable Outbox outbox() {
        return outbox;
    }

    /** {@return whether messages reach its client now: it has a socket, which is not being closed} */
    public boolean isReachable() {
        Outbox current = outbox;
        return current != null && current.isOpen();
    }

    /**
     * Gives it a socket.
     *
     * @param newOutbox of the socket
     * @param resume number of the request by which it came back; 0 at first
     * @param usedKey with which it came back; empty at first
     * @param newKey with which it comes back when the socket is lost
     */
    public void attach(Outbox newOutbox, long resume, String usedKey, String newKey) {
        outbox = newOutbox;
        lastResume = resume;
        restarting = false;
        keys = keys.renewed(usedKey, newKey);
    }

    /** {@return the number of the request by which its client came to this server last, 0 if it has never been away} */
    public long lastResume() {
        return lastResume;
    }

    /** Its client has the newest key: from now on no other one opens it. */
    public void confirmKey() {
        keys = keys.confirmed();
    }

    /** {@return the keys that are valid now} */
    public ResumeKeys keys() {
        return keys;
    }

    /**
     * Detaches its socket.
     *
     * @param detail how it was lost
     */
    public void detach(DisconnectDetail detail) {
        outbox = null;
        lossDetail = detail;
        losses++;
    }

    /** Its socket is closed after a failure of the server. */
    public void restart() {
        restarting = true;
    }

    /** {@return whether its client has not returned since a failure of the server: it will send again what was not answered} */
    public boolean isRestarting() {
        return restarting;
    }

    /** {@return how its socket was lost last} */
    public DisconnectDetail lossDetail() {
        return lossDetail;
    }

    /**
     * Counts how often it lost its socket, so that a timer can tell whether it is about the present loss.
     *
     * @return the number, negative while it has a socket
     */
    public long currentLoss() {
        return outbox == null ? losses : -losses;
    }

    /**
     * Keeps a message until the client is back.
     *
     * @param utf8 the message
     * @return false if there is no room
     */
    public boolean park(byte[] utf8) {
        int bytes = parkedBytes + utf8.length; // changed on the session's loop only
        if (parked.size() >= MAX_PARKED_MESSAGES || bytes > MAX_PARKED_BYTES) {
            return false;
        }
        parked.add(utf8);
        parkedBytes = bytes;
        return true;
    }

    /**
     * Counts a message that waits in the log until the client is back.
     *
     * @param bytes its length
     * @return false if more wait than may be parked
     */
    public boolean countWaiting(int bytes) {
        waiting++;
        waitingBytes += bytes;
        return waiting <= MAX_PARKED_MESSAGES && waitingBytes <= MAX_PARKED_BYTES;
    }

    /** {@return the bytes of its parked messages; callable on any thread} */
    public int parkedBytes() {
        return parkedBytes;
    }

    /**
     * Takes the parked messages. What waits in the log is taken after them.
     *
     * @return the messages in order
     */
    public List<byte[]> takeParked() {
        List<byte[]> messages = List.copyOf(parked);
        parked.clear();
        parkedBytes = 0;
        waiting = 0;
        waitingBytes = 0;
        return messages;
    }
}
