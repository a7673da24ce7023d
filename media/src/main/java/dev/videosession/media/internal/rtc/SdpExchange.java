package dev.videosession.media.internal.rtc;

import dev.onvoid.webrtc.RTCAnswerOptions;
import dev.onvoid.webrtc.RTCOfferOptions;
import dev.onvoid.webrtc.RTCSdpType;
import dev.onvoid.webrtc.RTCSessionDescription;
import dev.videosession.protocol.DescriptionKind;
import dev.videosession.protocol.grammar.MalformedSdpException;
import dev.videosession.protocol.sdp.MediaSection;
import dev.videosession.protocol.sdp.SessionDescription;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates and applies the descriptions of one connection, from the tasks of the connection's executor, which also runs the callbacks.
 * One step at a time: the next one begins after the callback of the last one. Only parsed descriptions are accepted, so that the
 * native library reads nothing but what {@link SessionDescription#toSdp} writes.
 */
public final class SdpExchange {
    private static final Logger LOG = LoggerFactory.getLogger(SdpExchange.class);

    private final RtcConnection connection;
    private boolean damaged;

    SdpExchange(RtcConnection connection) {
        this.connection = connection;
    }

    /**
     * {@return whether a step failed} The native library refuses every later description then: the connection must be replaced.
     */
    public boolean isDamaged() {
        return damaged;
    }

    /**
     * Creates an offer.
     *
     * @param iceRestart whether it has new ICE credentials
     * @param done gets the offer
     * @param failed gets the reason if that fails
     */
    public void createOffer(boolean iceRestart, Consumer<LocalDescription> done, Consumer<String> failed) {
        RTCOfferOptions options = new RTCOfferOptions();
        options.iceRestart = iceRestart;
        step(
                "createOffer",
                failed,
                fail -> connection
                        .open()
                        .createOffer(options, new NativeEvents.Created(connection, created(done, fail), fail)));
    }

    /**
     * Creates an answer to the offer that was applied last.
     *
     * @param done gets the answer
     * @param failed gets the reason if that fails
     */
    public void createAnswer(Consumer<LocalDescription> done, Consumer<String> failed) {
        step(
                "createAnswer",
                failed,
                fail -> connection
                        .open()
                        .createAnswer(
                                new RTCAnswerOptions(),
                                new NativeEvents.Created(connection, created(done, fail), fail)));
    }

    private static Consumer<RTCSessionDescription> created(Consumer<LocalDescription> done, Consumer<String> failed) {
        return created -> {
            DescriptionKind kind = created.sdpType == RTCSdpType.OFFER ? DescriptionKind.OFFER : DescriptionKind.ANSWER;
            SessionDescription parsed;
            try {
                parsed = SessionDescription.parse(kind, created.sdp);
            } catch (MalformedSdpException e) {
                failed.accept("the native library created a description that the grammar refuses: " + e.getMessage());
                return;
            }
            done.accept(new LocalDescription(created, parsed));
        };
    }

    /**
     * Applies a description that this object created.
     *
     * @param description the offer or answer
     * @param done runs when it is applied
     * @param failed gets the reason if that fails
     */
    public void applyLocal(LocalDescription description, Runnable done, Consumer<String> failed) {
        apply(
                "setLocalDescription",
                description.description(),
                done,
                failed,
                observer -> connection.open().setLocalDescription(description.created(), observer));
    }

    /**
     * Applies a description of the peer.
     *
     * @param description the offer or answer
     * @param done runs when it is applied
     * @param failed gets the reason if that fails
     */
    public void applyRemote(SessionDescription description, Runnable done, Consumer<String> failed) {
        RTCSdpType type = description.kind() == DescriptionKind.OFFER ? RTCSdpType.OFFER : RTCSdpType.ANSWER;
        RTCSessionDescription rebuilt = new RTCSessionDescription(type, description.toSdp());
        apply(
                "setRemoteDescription",
                description,
                done,
                failed,
                observer -> connection.open().setRemoteDescription(rebuilt, observer));
    }

    /** Runs a step that may delete received tracks and detach sent ones. */
    private void apply(
            String name,
            SessionDescription description,
            Runnable done,
            Consumer<String> failed,
            Consumer<NativeEvents.Applied> step) {
        step(name, failed, fail -> {
            connection.stopReceiving();
            NativeEvents.Applied observer = new NativeEvents.Applied(connection, () -> applied(name, done, fail), fail);
            if (description.sections().stream().anyMatch(MediaSection::isRejected)) {
                connection.whileSourcesAreIdle(() -> step.accept(observer)); // detaches the track from its source
            } else {
                step.accept(observer);
            }
        });
    }

    private void applied(String name, Runnable done, Consumer<String> fail) {
        try {
            connection.attachRemoteTracks();
        } catch (Exception | Error e) { // the native side throws both without declaring them
            LOG.debug("event=remoteTracksNotAttached step={}", name, e);
            fail.accept("received tracks cannot be attached: " + e.getMessage());
            return;
        }
        done.run();
    }

    /** Begins a step. Its failure reaches the callback once, however it is reported. */
    private void step(String name, Consumer<String> failed, Consumer<Consumer<String>> begin) {
        Consumer<String> fail = reason -> {
            damaged = true;
            failed.accept(name + " failed: " + reason);
        };
        try {
            begin.accept(fail);
        } catch (Exception | Error e) { // likewise
            LOG.debug("event=sdpStepFailed step={}", name, e);
            fail.accept(String.valueOf(e.getMessage()));
        }
    }
}
