package dev.videosession.app.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.videosession.app.Main;
import dev.videosession.app.process.Child;
import dev.videosession.app.server.Backend;
import dev.videosession.protocol.Role;
import dev.videosession.protocol.SessionId;
import dev.videosession.server.project.Project;
import dev.videosession.server.project.SessionIds;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A call of bots that are spread over the nodes, each a process of its own. */
final class ClusterCall implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(40);
    private static final int FRAMES_PER_SECOND = 15;
    private static final Set<String> OF_MEDIA = Set.of(
            "media",
            "publisherMedia",
            "firstFrame",
            "subscriberConnected",
            "subscriberDisconnected",
            "subscriberReconnected");
    private static final Set<String> OF_A_MOVE = Set.of("sessionReconnecting", "sessionReconnected");

    private final List<Child> bots = new ArrayList<>();
    private int[] known = {};

    /** Starts the bots and waits until each of them receives all other ones. */
    ClusterCall(Path directory, List<URI> nodes, boolean relayed, int participants) throws IOException {
        Project project = new Project(Integer.parseInt(NodeProcesses.API_KEY), NodeProcesses.SECRET);
        SessionId session = new SessionIds(Clock.systemUTC()).create(project.apiKey(), relayed);
        try {
            for (int i = 0; i < participants; i++) {
                List<URI> order = new ArrayList<>(nodes.subList(i % nodes.size(), nodes.size()));
                order.addAll(nodes.subList(0, i % nodes.size()));
                bots.add(Child.java(
                        "bot" + i,
                        directory,
                        Map.of(),
                        List.of(
                                Main.class.getName(),
                                "bot",
                                order.stream().map(URI::toString).collect(Collectors.joining(",")),
                                session.value(),
                                new Backend(project).token(session, Role.PUBLISHER, "bot " + i),
                                "--name",
                                "bot" + i,
                                "--video",
                                "320x180@" + FRAMES_PER_SECOND)));
            }
            for (Child bot : bots) {
                await("a call of " + participants)
                        .atMost(LIMIT)
                        .until(() -> bot.events().stream()
                                        .filter(event -> "firstFrame".equals(event.get("event")))
                                        .count()
                                == participants - 1);
            }
        } catch (IOException | RuntimeException | Error e) {
            close();
            throw e;
        }
        remember();
    }

    /** Later checks are about what comes from now on. */
    void remember() {
        known = bots.stream().mapToInt(bot -> bot.events().size()).toArray();
    }

    private List<Map<String, Object>> news(int bot) {
        return bots.get(bot).events(known[bot]);
    }

    private static double number(Map<String, Object> event, String field) {
        return event.get(field) instanceof Double value ? value : 0;
    }

    /** Waits until every bot has reported a number of further seconds of each video. */
    void awaitSeconds(int seconds) {
        for (int i = 0; i < bots.size(); i++) {
            int bot = i;
            await("reports of " + seconds + " s")
                    .atMost(LIMIT.plusSeconds(seconds))
                    .until(() -> reports(bot).values().stream().allMatch(list -> list.size() > seconds));
        }
    }

    private Map<String, List<Map<String, Object>>> reports(int bot) {
        Map<String, List<Map<String, Object>>> reports = new HashMap<>();
        for (Map<String, Object> event : news(bot)) {
            if ("media".equals(event.get("event"))) {
                reports.computeIfAbsent(String.valueOf(event.get("streamId")), id -> new ArrayList<>())
                        .add(event);
            }
        }
        return reports;
    }

    /** The longest time without a frame of any video, in milliseconds. The first report is about the time before. */
    long longestGapMillis() {
        return IntStream.range(0, bots.size())
                .mapToObj(this::reports)
                .flatMap(reports -> reports.values().stream())
                .flatMap(list -> list.stream().skip(1))
                .mapToLong(report -> (long) number(report, "longestGapMillis"))
                .max()
                .orElse(0);
    }

    /** The longest gap of some seconds without a fault; later checks are about what comes afterwards. */
    long usualGapMillis() {
        awaitSeconds(4);
        long usual = longestGapMillis();
        remember();
        return usual;
    }

    /** Waits until every video goes on after a loss; returns how long that took at most, in milliseconds. */
    long awaitVideos(long lostAt) {
        double back = 0;
        for (int i = 0; i < bots.size(); i++) {
            int bot = i;
            Map<String, Double> returned = new HashMap<>();
            await("all videos go on").atMost(LIMIT).until(() -> {
                returned.clear();
                reports(bot).forEach((stream, list) -> findReturn(list, lostAt, returned, stream));
                return returned.size() == bots.size() - 1;
            });
            back = Math.max(
                    back,
                    returned.values().stream()
                            .mapToDouble(Double::doubleValue)
                            .max()
                            .orElseThrow());
        }
        return (long) back - lostAt;
    }

    /** A video is back in the first second with at least half of its frames, after the last second with fewer. */
    private static void findReturn(
            List<Map<String, Object>> list, long lostAt, Map<String, Double> returned, String stream) {
        for (int i = 1; i < list.size(); i++) {
            double frames = number(list.get(i), "frames") - number(list.get(i - 1), "frames");
            if (number(list.get(i - 1), "at") < lostAt || frames < FRAMES_PER_SECOND / 2.0) {
                returned.remove(stream);
            } else if (!returned.containsKey(stream)) {
                returned.put(stream, number(list.get(i), "at") - frames * 1000 / FRAMES_PER_SECOND);
            }
        }
    }

    private List<Object> ends(int bot) {
        return news(bot).stream()
                .filter(event -> "sessionDisconnected".equals(event.get("event")))
                .map(event -> event.get("reason"))
                .toList();
    }

    /** How many bots have left the session. */
    long ended() {
        return IntStream.range(0, bots.size())
                .filter(bot -> !ends(bot).isEmpty())
                .count();
    }

    private boolean isSettled(int bot) {
        String last = news(bot).stream()
                .map(event -> String.valueOf(event.get("event")))
                .filter(event -> event.startsWith("session"))
                .reduce("sessionConnected", (earlier, later) -> later);
        return !last.equals("sessionReconnecting");
    }

    /** Waits until each bot has left the session or is connected. */
    void awaitSettled(Duration limit) {
        await("no bot tries to resume any more")
                .atMost(limit)
                .until(() -> IntStream.range(0, bots.size()).allMatch(this::isSettled));
    }

    /** Waits until all bots have left the session, and a while longer: a second end would be one too many. */
    void awaitEnd(Duration limit) {
        await("all bots have left").atMost(limit).until(() -> ended() == bots.size());
        await("no further event")
                .during(Duration.ofSeconds(3))
                .atMost(Duration.ofSeconds(4))
                .until(() -> ended() == bots.size());
    }

    /** Checks that each bot that has left the session received the reason once. */
    void checkEndedOnce(String reason) {
        for (int i = 0; i < bots.size(); i++) {
            assertThat(ends(i)).as("ends of bot %s", i).isIn(List.of(), List.of(reason));
        }
    }

    /** Checks that applications noticed nothing but a move to another node, if that. */
    void checkEvents() {
        for (int i = 0; i < bots.size(); i++) {
            assertThat(news(i))
                    .filteredOn(event -> !OF_A_MOVE.contains(String.valueOf(event.get("event"))))
                    .as("events of bot %s", i)
                    .extracting(event -> event.get("event"))
                    .allMatch(OF_MEDIA::contains);
            assertThat(news(i))
                    .filteredOn(event -> "sessionReconnected".equals(event.get("event")))
                    .as("resumed, not started over")
                    .noneMatch(event -> Boolean.TRUE.equals(event.get("startedOver")));
        }
    }

    @Override
    public void close() {
        bots.forEach(Child::close);
    }
}
