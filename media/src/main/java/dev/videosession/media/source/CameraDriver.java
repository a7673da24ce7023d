package dev.videosession.media.source;

import dev.videosession.media.device.MediaDevice;
import dev.videosession.media.feed.VideoSink;
import java.util.List;

/** What {@link CameraVideo} needs of the operating system. Both methods may throw whatever the native side throws. */
interface CameraDriver {
    /** The cameras there are now. */
    List<MediaDevice> attached();

    /** Opens one of them, in the format nearest to the wanted one, and starts it. */
    Capture start(MediaDevice camera, VideoFormat wanted, VideoSink sink);
}
