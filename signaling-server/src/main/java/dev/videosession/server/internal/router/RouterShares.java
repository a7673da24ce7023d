package dev.videosession.server.internal.router;

import dev.videosession.server.settings.ServerLimits;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What tokens and projects use of the media routers, so that none of them takes everything from all others: each has at most a
 * part of what the available routers carry. Thread-safe.
 */
public final class RouterShares {
    private final int percentPerToken;
    private final int percentPerProject;
    private final IntSupplier capacity;
    private final Map<String, Integer> tokens = new HashMap<>(); // guarded by this
    private final Map<String, Integer> projects = new HashMap<>(); // guarded by this

    /**
     * Makes shares of which nothing is used.
     *
     * @param limits how large they are
     * @param capacity returns how many links the available routers carry, 0 if there is none
     */
    public RouterShares(ServerLimits limits, IntSupplier capacity) {
        this.percentPerToken = limits.routerPercentPerToken();
        this.percentPerProject = limits.routerPercentPerProject();
        this.capacity = capacity;
    }

    /**
     * Returns the share of one project.
     *
     * @param project its id
     * @return counts the links of its tokens
     */
    public Share of(String project) {
        return new Share(this, project);
    }

    private synchronized @Nullable String refusal(String project, String token) {
        int all = capacity.getAsInt();
        if (all == 0) {
            return null; // links wait for a router
        }
        int mostOfToken = part(all, percentPerToken);
        if (tokens.getOrDefault(token, 0) >= mostOfToken) {
            return "This token has " + mostOfToken + " links to media routers, the most for one token. End other"
                    + " publications or subscriptions first.";
        }
        int mostOfProject = part(all, percentPerProject);
        return projects.getOrDefault(project, 0) >= mostOfProject
                ? "This project has " + mostOfProject
                        + " links to media routers, the most for one project. Try again later."
                : null;
    }

    private static int part(int all, int percent) {
        return Math.max(1, (int) ((long) all * percent / 100));
    }

    private synchronized void count(String project, String token, int change) {
        add(tokens, token, change);
        add(projects, project, change);
    }

    private static void add(Map<String, Integer> links, String key, int change) {
        links.compute(key, (any, before) -> {
            int now = (before == null ? 0 : before) + change;
            return now <= 0 ? null : now;
        });
    }

    /**
     * The share of one project.
     *
     * @param shares counts the links
     * @param project the project's id
     */
    public record Share(RouterShares shares, String project) {
        /**
         * Tells whether a token may have one more link to a router.
         *
         * @param token its fingerprint
         * @return why not, for people, or null if it may
         */
        public @Nullable String refusal(String token) {
            return shares.refusal(project, token);
        }

        /**
         * Counts a link in.
         *
         * @param token fingerprint of the token whose client is its other end
         */
        public void opened(String token) {
            shares.count(project, token, 1);
        }

        /**
         * Counts a link out.
         *
         * @param token see {@link #opened}
         */
        public void closed(String token) {
            shares.count(project, token, -1);
        }
    }
}
