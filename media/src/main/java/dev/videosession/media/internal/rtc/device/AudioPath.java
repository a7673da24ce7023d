package dev.videosession.media.internal.rtc.device;

import dev.onvoid.webrtc.media.audio.AudioDevice;
import java.util.List;

/** One direction of a native audio module, recording or playback. A test has its own. */
interface AudioPath {
    /** {@return the devices of this direction that are attached} */
    List<AudioDevice> attached();

    /** Uses a device from the next start on. */
    void choose(AudioDevice device);

    /** Stops recording or playing. */
    void stop();

    /** Starts recording or playing. */
    void start();

    /**
     * Uses the device that was chosen, where choosing it was not enough. Called after the start.
     *
     * @param wait whether to return only when it is in use
     */
    void settle(AudioDevice device, boolean wait);
}
