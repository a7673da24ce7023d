package dev.videosession.media.internal.rtc.device;

import dev.videosession.media.device.MediaDevice;
import dev.videosession.media.feed.VideoSink;
import dev.videosession.media.source.Capture;
import dev.videosession.media.source.VideoFormat;
import java.util.List;

/** Access to the cameras of this machine. Both methods may throw what the native library throws, {@link Error}s too. */
public interface CameraDriver {
    /** {@return the attached cameras} */
    List<MediaDevice> attached();

    /**
     * Opens a camera in the format nearest to the wanted one, and starts it.
     *
     * @param camera an attached camera
     * @param wanted size and frame rate
     * @param sink gets the frames, on a native thread
     * @return stops and closes the camera
     */
    Capture start(MediaDevice camera, VideoFormat wanted, VideoSink sink);
}
