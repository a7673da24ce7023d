package dev.videosession.app.start;

import dev.videosession.app.device.AttachedDevices;
import dev.videosession.app.device.AudioOutput;
import dev.videosession.app.device.OwnMedia;
import dev.videosession.media.device.DeviceList;
import dev.videosession.media.device.MediaDevice;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Which camera, microphone and speaker a user chose, and the volume. They are remembered for the next start. For the Swing thread. */
public final class DeviceChoices implements AutoCloseable {
    private static final String VOLUME = "volume";
    private static final int FULL = 100;

    private final RememberedValues remembered;
    private final OwnMedia media;
    private final AudioOutput output;
    private final Consumer<String> onFailed;
    private @Nullable MediaDevice speaker;
    private @Nullable AttachedDevices restoring;

    /**
     * Applies the remembered volume.
     *
     * @param remembered the last choices
     * @param media uses camera and microphone
     * @param output uses the speaker
     * @param onFailed gets a sentence for the user if a speaker does not start
     */
    public DeviceChoices(RememberedValues remembered, OwnMedia media, AudioOutput output, Consumer<String> onFailed) {
        this.remembered = remembered;
        this.media = media;
        this.output = output;
        this.onFailed = onFailed;
        if (volume() != FULL) {
            output.setVolume(volume());
        }
    }

    /** {@return whether a device is remembered, so that {@link #restore} may change something} */
    public boolean areRemembered() {
        for (MediaDevice.Kind kind : MediaDevice.Kind.values()) {
            if (!remembered.get(key(kind), "").isEmpty()) {
                return true;
            }
        }
        return false;
    }

    /**
     * Chooses the remembered devices that are attached and not in use already.
     *
     * @param attached what can be chosen
     */
    public void restore(DeviceList attached) {
        remembered(attached.cameras(), MediaDevice.Kind.CAMERA)
                .filter(device -> media.camera() == null)
                .ifPresent(media::chooseCamera);
        remembered(attached.microphones(), MediaDevice.Kind.MICROPHONE)
                .filter(device -> media.microphone() == null)
                .ifPresent(media::chooseMicrophone);
        remembered(attached.speakers(), MediaDevice.Kind.SPEAKER)
                .filter(device -> speaker == null)
                .ifPresent(this::play);
    }

    private Optional<MediaDevice> remembered(List<MediaDevice> attached, MediaDevice.Kind kind) {
        String id = remembered.get(key(kind), "");
        return attached.stream().filter(device -> device.id().equals(id)).findFirst();
    }

    /**
     * Chooses the remembered devices, and then runs a task; at once if none is remembered. Neither happens after {@link #close()}.
     *
     * @param then run on the Swing thread
     */
    public void restoreThen(Runnable then) {
        if (!areRemembered()) {
            then.run();
            return;
        }
        restoring = new AttachedDevices(media, attached -> {
            close();
            restore(attached);
            then.run();
        });
    }

    /** Ends waiting for the list of devices. A second call does nothing. */
    @Override
    public void close() {
        if (restoring != null) {
            restoring.close();
            restoring = null;
        }
    }

    /**
     * Uses a camera and remembers it.
     *
     * @param device null for the default
     */
    public void chooseCamera(@Nullable MediaDevice device) {
        remember(MediaDevice.Kind.CAMERA, device);
        media.chooseCamera(device);
    }

    /**
     * Uses a microphone and remembers it.
     *
     * @param device null for the default
     */
    public void chooseMicrophone(@Nullable MediaDevice device) {
        remember(MediaDevice.Kind.MICROPHONE, device);
        media.chooseMicrophone(device);
    }

    /**
     * Uses a speaker and remembers it.
     *
     * @param device null for the default
     */
    public void chooseSpeaker(@Nullable MediaDevice device) {
        remember(MediaDevice.Kind.SPEAKER, device);
        play(device);
    }

    private void play(@Nullable MediaDevice device) {
        MediaDevice former = speaker;
        speaker = device;
        output.choose(device, sentence -> {
            speaker = former;
            onFailed.accept(sentence);
        });
    }

    private void remember(MediaDevice.Kind kind, @Nullable MediaDevice device) {
        remembered.put(key(kind), device == null ? "" : device.id());
        remembered.save();
    }

    private static String key(MediaDevice.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    /** {@return the chosen camera, null for the default} */
    public @Nullable MediaDevice camera() {
        return media.camera();
    }

    /** {@return the chosen microphone, null for the default} */
    public @Nullable MediaDevice microphone() {
        return media.microphone();
    }

    /** {@return the chosen speaker, null for the default} */
    public @Nullable MediaDevice speaker() {
        return speaker;
    }

    /** {@return the volume of received audio, 0 to 100} */
    public int volume() {
        try {
            return Math.max(0, Math.min(FULL, Integer.parseInt(remembered.get(VOLUME, String.valueOf(FULL)))));
        } catch (NumberFormatException e) {
            return FULL; // the file was edited
        }
    }

    /**
     * Sets the volume of received audio and remembers it.
     *
     * @param percent 0 to 100
     */
    public void setVolume(int percent) {
        remembered.put(VOLUME, String.valueOf(percent));
        remembered.save();
        output.setVolume(percent);
    }
}
