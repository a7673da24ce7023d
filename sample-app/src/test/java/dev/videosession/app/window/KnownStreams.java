package dev.videosession.app.window;

import dev.videosession.app.process.Child;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/** Recognizes streams by the numbers of their frames: a bot that receives all of them says which number each has. */
public final class KnownStreams {
    private final Child observer;
    private final Set<String> seen = new HashSet<>();

    public KnownStreams(Child observer) {
        this.observer = observer;
    }

    /** Looks at components whose names end with the id of the stream that they should show. Returns whether all of these were right. */
    public boolean areSeen(DrivenWindow window, List<String> components) {
        for (String each : components) {
            String stream = each.substring(each.indexOf(':') + 1);
            OptionalLong number = window.stamp(each);
            if (number.isPresent() && nearest(number.getAsLong()).equals(stream)) {
                seen.add(stream);
            }
        }
        return seen.containsAll(components.stream()
                .map(each -> each.substring(each.indexOf(':') + 1))
                .toList());
    }

    /** Whether each of these streams was seen in its place. */
    public boolean areSeen(List<String> streams) {
        return seen.containsAll(streams);
    }

    /** The stream whose last known number is nearest. */
    private String nearest(long number) {
        Map<String, Double> last = new LinkedHashMap<>();
        observer.events().stream()
                .filter(event -> "media".equals(event.get("event")))
                .filter(event -> event.get("lastFrameNumber") instanceof Double)
                .forEach(event ->
                        last.put(String.valueOf(event.get("streamId")), (Double) event.get("lastFrameNumber")));
        return last.entrySet().stream()
                .min((a, b) -> Double.compare(Math.abs(a.getValue() - number), Math.abs(b.getValue() - number)))
                .map(Map.Entry::getKey)
                .orElse("");
    }
}
