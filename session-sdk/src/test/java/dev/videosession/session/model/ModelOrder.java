package dev.videosession.session.model;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Checks the order of what arrives on one socket: every event of the log once and in order, and the reply to a request before the
 * event that the request causes. Requests that were sent before, on an earlier socket, may be replied to later: their events may
 * be replayed before the reply is repeated.
 */
final class ModelOrder {
    private final ModelClient client;
    private final Map<Long, String> signals = new HashMap<>();
    private final Set<Long> publishes = new HashSet<>();
    private final Set<String> events = new HashSet<>();
    private long sequence;

    ModelOrder(ModelClient client) {
        this.client = client;
    }

    void sent(String text) {
        boolean signal = text.startsWith("{\"type\":\"signal\"") && !text.contains("\"to\":\"");
        if (signal || text.startsWith("{\"type\":\"publish\"")) {
            long id = ModelClient.number(text, "\"id\":");
            if (client.isNewRequest(id)) {
                if (signal) {
                    signals.put(id, value(text, "data"));
                } else {
                    publishes.add(id);
                }
            }
        }
    }

    void arrived(String text) {
        inSequence(text);
        if (text.startsWith("{\"type\":\"signal\"")) {
            events.add(value(text, "data"));
        } else if (text.startsWith("{\"type\":\"streamCreated\"")) {
            events.add(value(text, "streamId"));
        } else if (text.startsWith("{\"type\":\"done\"")) {
            replied(signals.remove(ModelClient.number(text, "\"id\":")));
        } else if (text.startsWith("{\"type\":\"published\"")
                && publishes.remove(ModelClient.number(text, "\"id\":"))) {
            replied(value(text, "streamId"));
        }
    }

    private void inSequence(String text) {
        int typeEnd = text.indexOf('"', "{\"type\":\"".length());
        if (text.startsWith("\",\"sequence\":", typeEnd)) {
            long next = ModelClient.number(text, "\"sequence\":");
            if (next <= sequence) {
                throw client.wrong("event " + next + " arrived after event " + sequence);
            }
            sequence = next;
        }
    }

    private void replied(@Nullable String event) {
        if (event != null && events.contains(event)) {
            throw client.wrong("the reply came after its event: " + event);
        }
    }

    private static String value(String text, String field) {
        String name = "\"" + field + "\":\"";
        int at = text.indexOf(name);
        return at < 0 ? "" : text.substring(at + name.length(), text.indexOf('"', at + name.length()));
    }
}
