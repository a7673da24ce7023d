package dev.videosession.server.metrics;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.config.MeterFilter;
import java.util.Map;

/** Gives each meter of the server that has no description its help text, which {@code promtool check metrics} requires. */
public final class MetricHelp implements MeterFilter {
    private static final Map<String, String> TEXTS = Map.ofEntries(
            Map.entry("videosession.admissions", "answers of the embedder's admission"),
            Map.entry("videosession.bytes", "bytes of messages from clients (in) and to clients (out)"),
            Map.entry("videosession.connections", "connections now, lost ones that may resume included"),
            Map.entry("videosession.disconnects", "connections that ended, by reason and cause"),
            Map.entry("videosession.links", "links between publishers and subscribers now"),
            Map.entry("videosession.links.overbudget", "links that were closed because they exceeded their budget"),
            Map.entry("videosession.messages", "messages from clients (in) and to clients (out)"),
            Map.entry("videosession.messages.unknown", "messages of a type that the server does not know"),
            Map.entry("videosession.negotiation.refusals", "descriptions and candidates that were not passed on"),
            Map.entry("videosession.outbox.overflows", "clients that read too slowly"),
            Map.entry("videosession.refusals", "requests that were refused, by error code"),
            Map.entry("videosession.rest.calls", "REST calls, by status"),
            Map.entry("videosession.resumes", "connections that resumed"),
            Map.entry("videosession.takeovers", "resumed connections that came from another node"),
            Map.entry("videosession.router.failures", "failures of a media router since it last worked for a while"),
            Map.entry(
                    "videosession.router.capacity",
                    "publications and subscriptions that a media router carries together"),
            Map.entry(
                    "videosession.router.layer.switches",
                    "switches of a subscription to another encoding or frame rate"),
            Map.entry("videosession.router.packets.lost", "packets lost from publishers (in) and to subscribers (out)"),
            Map.entry("videosession.router.publishers", "publications at a media router now"),
            Map.entry("videosession.router.rooms", "sessions at a media router now"),
            Map.entry("videosession.router.subscribers", "subscriptions at a media router now"),
            Map.entry(
                    "videosession.router.restarts", "starts of a media router, or connections to it, after a failure"),
            Map.entry("videosession.router.up", "whether a media router is available"),
            Map.entry("videosession.sessions", "sessions now"),
            Map.entry("videosession.sockets", "open sockets of all kinds"),
            Map.entry(
                    "videosession.sockets.evicted",
                    "sockets that were closed to admit others, by the limit that was reached"),
            Map.entry("videosession.sockets.refused", "sockets that were refused, by the limit that was reached"),
            Map.entry("videosession.streams", "streams now"),
            Map.entry("videosession.webhooks.delivered", "events that were sent to webhooks"),
            Map.entry("videosession.webhooks.dropped", "events that were given up, by cause"),
            Map.entry("videosession.webhooks.failures", "attempts to send an event that failed"),
            Map.entry("videosession.webhooks.waiting", "events that wait to be sent to webhooks"));

    /** Makes a filter. */
    public MetricHelp() {}

    @Override
    public Meter.Id map(Meter.Id id) {
        String text = TEXTS.get(id.getName());
        return text == null || id.getDescription() != null
                ? id
                : new Meter.Id(id.getName(), Tags.of(id.getTags()), id.getBaseUnit(), text, id.getType());
    }
}
