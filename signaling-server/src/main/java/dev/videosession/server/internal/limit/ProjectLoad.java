package dev.videosession.server.internal.limit;

import dev.videosession.server.settings.ServerLimits;
import java.util.HashMap;
import java.util.Map;
import java.util.function.ToIntFunction;

/** Counts the connections of each project, lost ones that may come back included. Thread-safe. */
public final class ProjectLoad {
    private final int most;
    private final Map<String, Integer> connections = new HashMap<>();
    private ToIntFunction<String> others = project -> 0;

    /**
     * Makes a count for a server without connections.
     *
     * @param limits how many a project may have
     */
    public ProjectLoad(ServerLimits limits) {
        this.most = limits.connectionsPerProject();
    }

    /**
     * Counts a connection in, if there is room for it.
     *
     * @param project its id
     * @return false if the project has as many as it may have
     */
    public synchronized boolean enter(String project) {
        int now = connections.getOrDefault(project, 0);
        if (now + others.applyAsInt(project) >= most) {
            return false;
        }
        connections.put(project, now + 1);
        return true;
    }

    /**
     * Counts a connection in that was counted at another server before.
     *
     * @param project its id
     */
    public synchronized void take(String project) {
        connections.merge(project, 1, Integer::sum);
    }

    /**
     * Counts a connection out.
     *
     * @param project its id
     */
    public synchronized void leave(String project) {
        connections.computeIfPresent(project, (key, count) -> count == 1 ? null : count - 1);
    }

    /**
     * Sets how connections on other servers are counted, which the limit includes.
     *
     * @param elsewhere returns how many a project has there; must not block
     */
    public synchronized void useOthers(ToIntFunction<String> elsewhere) {
        others = elsewhere;
    }

    /** {@return how many connections each project has on this server} */
    public synchronized Map<String, Integer> counts() {
        return Map.copyOf(connections);
    }

    /**
     * Returns the part of one project.
     *
     * @param project its id
     * @return counts the project's connections in and out
     */
    public Share of(String project) {
        return new Share(this, project);
    }

    /**
     * The connections of one project.
     *
     * @param load counts them
     * @param project the project's id
     */
    public record Share(ProjectLoad load, String project) {
        /**
         * Counts a connection in, if there is room for it.
         *
         * @return false if the project has as many as it may have
         */
        public boolean enter() {
            return load.enter(project);
        }

        /** Counts a connection in that was counted at another server before. */
        public void take() {
            load.take(project);
        }

        /** Counts a connection out. */
        public void leave() {
            load.leave(project);
        }
    }
}
