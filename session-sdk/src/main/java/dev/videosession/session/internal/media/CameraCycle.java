package dev.videosession.session.internal.media;

import dev.videosession.media.device.MediaDevice;
import dev.videosession.media.device.MediaUnavailableException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Chooses the next camera, in the order of the operating system's list; the first follows the last. */
public final class CameraCycle {
    private CameraCycle() {}

    /**
     * Chooses the camera after the current one.
     *
     * @param current null if the current video comes from the default camera, which is the first of the list, or from
     *     another source
     */
    public static MediaDevice next(List<MediaDevice> cameras, @Nullable MediaDevice current, boolean onDefaultCamera) {
        if (cameras.isEmpty()) {
            throw new MediaUnavailableException(
                    MediaUnavailableException.Missing.CAMERA, "No camera is attached. Attach one to change to it.");
        }
        int index = current == null ? (onDefaultCamera ? 0 : -1) : indexOf(cameras, current);
        return cameras.get((index + 1) % cameras.size());
    }

    private static int indexOf(List<MediaDevice> cameras, MediaDevice current) {
        for (int i = 0; i < cameras.size(); i++) {
            if (cameras.get(i).id().equals(current.id())) {
                return i;
            }
        }
        return -1;
    }
}
