package dev.videosession.server.internal.router.janus;

import dev.videosession.server.internal.router.Layers;
import dev.videosession.server.internal.router.janus.session.JanusJson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The media lines of a subscription, and the layers that Janus sends of its video. Confined to its event loop. */
final class JanusTracks {
    /** Without simulcast, Janus says nothing about substreams. */
    private static final int UNKNOWN = -1;

    private final List<Track> tracks = new ArrayList<>();
    private int substream = UNKNOWN;
    private int temporal = UNKNOWN;

    private record Track(String mid, boolean video) {}

    /** Reads the lines from the answer to a join. */
    void read(JanusJson joined) {
        tracks.clear();
        for (JanusJson each : joined.pluginData().objects("streams")) {
            tracks.add(new Track(each.requireText("mid"), "video".equals(each.text("type"))));
        }
    }

    /** The subscription begins anew. */
    void forget() {
        substream = UNKNOWN;
        temporal = UNKNOWN;
    }

    /** {@return whether a message of Janus reports that other layers are sent than before} */
    boolean takeLayers(JanusJson event) {
        boolean switched = false;
        if (event.has("substream")) {
            int now = (int) event.number("substream");
            switched = substream != UNKNOWN && substream != now;
            substream = now;
        }
        if (event.has("temporal")) {
            int now = (int) event.number("temporal");
            switched |= temporal != UNKNOWN && temporal != now;
            temporal = now;
        }
        return switched;
    }

    /** {@return whether Janus still sends another encoding than the selected one, as far as it says} */
    boolean waitsFor(Layers selected) {
        return selected.video()
                && tracks.stream().anyMatch(Track::video)
                && substream != selected.spatial()
                && substream != UNKNOWN;
    }

    /**
     * Makes a request that selects layers. Janus asks the publisher for a key frame at each request to send a track, so a track
     * that is sent already is not mentioned.
     *
     * @param chosen what to send from now on
     * @param before what is sent now
     */
    List<Map<String, Object>> selection(Layers chosen, Layers before) {
        List<Map<String, Object>> streams = new ArrayList<>();
        for (Track track : tracks) {
            boolean sends = track.video() ? chosen.video() : chosen.audio();
            boolean sent = track.video() ? before.video() : before.audio();
            Map<String, Object> stream = new LinkedHashMap<>();
            stream.put("mid", track.mid());
            if (sends != sent) {
                stream.put("send", sends);
            }
            if (track.video() && sends) {
                stream.put("substream", chosen.spatial());
                stream.put("temporal", chosen.temporal());
            }
            streams.add(stream);
        }
        return streams;
    }
}
