package dev.videosession.media.internal.rtc;

import dev.onvoid.webrtc.RTCStats;
import dev.onvoid.webrtc.RTCStatsReport;
import dev.onvoid.webrtc.RTCStatsType;
import dev.videosession.media.stats.LayerStats;
import dev.videosession.media.stats.LinkStats;
import dev.videosession.media.stats.ReceivedVideo;
import dev.videosession.media.stats.RtcStats;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Converts a native statistics report. */
final class StatsReader {
    /** More than the time between two reports of a video that is sent. */
    private static final long VIDEO_REPORTED_MILLIS = 3_000;

    private final Map<String, RTCStats> report;
    private final Map<String, Long> byKind = new HashMap<>();
    private final List<LayerStats> layers = new ArrayList<>();
    private long bytes;
    private long packets;
    private long lost;
    private long frames;
    private double framesPerSecond;
    private int width;
    private int height;
    private ReceivedVideo received = ReceivedVideo.NONE;
    private double jitter;
    private double audioLevel;
    private long audioReportMillis;
    private long videoReportMillis;

    private StatsReader(RTCStatsReport report) {
        this.report = report.getStats();
    }

    static LinkStats read(RTCStatsReport report) {
        return new StatsReader(report).read();
    }

    /** {@return the entries of a report as they are} */
    static List<RtcStats> entries(RTCStatsReport report) {
        return report.getStats().values().stream()
                .map(stats -> new RtcStats(
                        stats.getId(), type(stats.getType()), stats.getTimestamp(), values(stats.getAttributes())))
                .toList();
    }

    private static String type(RTCStatsType type) {
        return type.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Arrays become lists, so that an entry cannot be changed and compares by value. */
    private static Map<String, Object> values(Map<String, Object> attributes) {
        Map<String, Object> values = new HashMap<>();
        attributes.forEach((name, value) -> {
            if (value instanceof Object[] several) {
                values.put(name, List.of(several));
            } else if (value != null) {
                values.put(name, value);
            }
        });
        return values;
    }

    private LinkStats read() {
        double roundTrip = 0;
        long available = 0;
        String path = "";
        for (RTCStats stats : report.values()) {
            RTCStatsType type = stats.getType();
            if (type == RTCStatsType.OUTBOUND_RTP) {
                stream(stats, "bytesSent", "packetsSent", "framesEncoded");
                layer(stats);
            } else if (type == RTCStatsType.INBOUND_RTP) {
                stream(stats, "bytesReceived", "packetsReceived", "framesDecoded");
                lost += (long) number(stats, "packetsLost");
                received(stats);
                jitter = Math.max(jitter, number(stats, "jitter"));
            } else if (type == RTCStatsType.REMOTE_INBOUND_RTP) {
                lost += (long) number(stats, "packetsLost");
                report(stats);
            } else if (type == RTCStatsType.MEDIA_SOURCE) {
                audioLevel = Math.max(audioLevel, number(stats, "audioLevel"));
            } else if (type == RTCStatsType.TRANSPORT) {
                RTCStats pair = report.get(text(stats, "selectedCandidatePairId"));
                if (pair != null) {
                    roundTrip = number(pair, "currentRoundTripTime") * 1000;
                    available = (long) number(pair, "availableOutgoingBitrate");
                    path = candidateType(pair, "localCandidateId") + "/" + candidateType(pair, "remoteCandidateId");
                }
            }
        }
        layers.sort(Comparator.comparing(LayerStats::rid));
        return new LinkStats(
                bytes,
                packets,
                lost,
                frames,
                framesPerSecond,
                width,
                height,
                roundTrip,
                jitter * 1000,
                available,
                audioLevel,
                path,
                byKind,
                layers,
                isVideoReported() ? videoReportMillis : audioReportMillis,
                received,
                0,
                0);
    }

    /** A receiver reports video about every second, until no more video is sent. */
    private boolean isVideoReported() {
        return videoReportMillis > 0 && audioReportMillis - videoReportMillis < VIDEO_REPORTED_MILLIS;
    }

    private void stream(RTCStats stats, String bytesName, String packetsName, String framesName) {
        long count = (long) number(stats, bytesName);
        bytes += count;
        byKind.merge(text(stats, "kind"), count, Long::sum);
        packets += (long) number(stats, packetsName);
        frames += (long) number(stats, framesName);
        framesPerSecond = Math.max(framesPerSecond, number(stats, "framesPerSecond"));
        width = Math.max(width, (int) number(stats, "frameWidth"));
        height = Math.max(height, (int) number(stats, "frameHeight"));
        audioLevel = Math.max(audioLevel, number(stats, "audioLevel"));
    }

    private void layer(RTCStats stats) {
        if (text(stats, "kind").equals("video")) {
            RTCStats reported = report.get(text(stats, "remoteId"));
            layers.add(new LayerStats(
                    text(stats, "rid"),
                    (int) number(stats, "frameWidth"),
                    (int) number(stats, "frameHeight"),
                    number(stats, "framesPerSecond"),
                    (long) number(stats, "bytesSent"),
                    (long) number(stats, "packetsSent"),
                    reported == null ? 0 : (long) number(reported, "packetsLost"),
                    !Boolean.FALSE.equals(attribute(stats, "active")),
                    limitation(text(stats, "qualityLimitationReason"))));
        }
    }

    /** The entry of a receiver's report has the time at which the report arrived. */
    private void report(RTCStats stats) {
        long millis = stats.getTimestamp() / 1_000;
        if (text(stats, "kind").equals("video")) {
            videoReportMillis = Math.max(videoReportMillis, millis);
        } else {
            audioReportMillis = Math.max(audioReportMillis, millis);
        }
    }

    private static LayerStats.Limitation limitation(String reason) {
        return switch (reason) {
            case "", "none" -> LayerStats.Limitation.NONE;
            case "bandwidth" -> LayerStats.Limitation.BANDWIDTH;
            case "cpu" -> LayerStats.Limitation.CPU;
            default -> LayerStats.Limitation.OTHER;
        };
    }

    private void received(RTCStats stats) {
        if (text(stats, "kind").equals("video")) {
            received = new ReceivedVideo(
                    (long) number(stats, "packetsReceived"),
                    (long) number(stats, "packetsLost"),
                    (long) number(stats, "jitterBufferEmittedCount"),
                    number(stats, "jitterBufferDelay") * 1000,
                    (long) number(stats, "freezeCount"),
                    number(stats, "totalFreezesDuration") * 1000,
                    (long) number(stats, "framesDropped"));
        }
    }

    private String candidateType(RTCStats pair, String name) {
        RTCStats candidate = report.get(text(pair, name));
        return candidate == null ? "unknown" : text(candidate, "candidateType");
    }

    private static double number(RTCStats stats, String name) {
        return attribute(stats, name) instanceof Number value ? value.doubleValue() : 0;
    }

    private static String text(RTCStats stats, String name) {
        return attribute(stats, name) instanceof String value ? value : "";
    }

    private static @Nullable Object attribute(RTCStats stats, String name) {
        return stats.getAttributes().get(name);
    }
}
