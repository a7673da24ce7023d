package dev.videosession.session.internal.stream;

import dev.videosession.protocol.message.ClientMessage;
import dev.videosession.protocol.message.StreamChange;
import dev.videosession.session.Stream;
import dev.videosession.session.internal.link.SignalingPort;
import java.util.function.BooleanSupplier;

/**
 * Keeps a publisher's audio switch and what the server says of its stream the same, although updates of the application and
 * orders of moderators may cross each other. Also carries the other changes of the stream. Used on the session's loop.
 */
final class AudioSync {
    private static final StreamChange NOTHING = new StreamChange(null, null, null, null);

    private final SignalingPort signaling;
    private final LocalPublisher publisher;
    private final Stream stream;
    private final BooleanSupplier ended;
    private AudioSyncState state = AudioSyncState.IN_SYNC;
    private int updates;

    AudioSync(SignalingPort signaling, LocalPublisher publisher, Stream stream, BooleanSupplier ended) {
        this.signaling = signaling;
        this.publisher = publisher;
        this.stream = stream;
        this.ended = ended;
    }

    /** Sends a change of the stream to the server. */
    void update(StreamChange change) {
        boolean audio = change.hasAudio() != null;
        if (audio) {
            updates++;
            move(AudioSyncState.Input.SENT);
        }
        signaling.request(id -> new ClientMessage.UpdateStream(id, stream.id(), change), reply -> {
            if (audio) {
                answered();
            }
        });
    }

    private void answered() {
        updates--;
        if (updates == 0) {
            boolean unsure = state == AudioSyncState.UNSURE;
            move(AudioSyncState.Input.ANSWERED);
            if (unsure) {
                reconcile();
            }
        }
    }

    /**
     * What the server said during an update may be older than the update, or newer if the update was sent again after a
     * resume. The reply to an update of nothing comes after the event of the last update, if there is any.
     */
    private void reconcile() {
        signaling.request(id -> new ClientMessage.UpdateStream(id, stream.id(), NOTHING), reply -> {
            if (ended.getAsBoolean()) {
                return;
            }
            if (stream.hasAudio()) {
                serverReportsAudio();
            } else {
                serverReportsMuted();
            }
        });
    }

    /** The server says that the stream has audio; an order to mute it may have crossed that. */
    void serverReportsAudio() {
        move(AudioSyncState.Input.REPORTED);
        if (state == AudioSyncState.IN_SYNC && !publisher.media().audioEnabled()) {
            update(new StreamChange(false, null, null, null));
        }
    }

    /** The server says that the stream has no audio: if the application has not turned it off, a moderator has. */
    void serverReportsMuted() {
        move(AudioSyncState.Input.REPORTED);
        if (state == AudioSyncState.IN_SYNC && publisher.media().audioEnabled()) {
            publisher.forceMuted();
        }
    }

    private void move(AudioSyncState.Input input) {
        AudioSyncState next = state.after(input);
        if (next == null) {
            throw new IllegalStateException(input + " in state " + state);
        }
        state = next;
    }
}
