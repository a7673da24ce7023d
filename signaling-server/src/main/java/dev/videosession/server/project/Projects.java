package dev.videosession.server.project;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The projects that a server knows. Thread-safe; changes count for tokens that are checked from then on and leave
 * established connections alone. To rotate a secret, put the project with the new secret first and the old one behind
 * it, and later without the old one.
 */
public final class Projects {
    private final Map<Integer, Project> byKey = new ConcurrentHashMap<>();

    /** Makes an empty set of projects. */
    public Projects() {}

    /**
     * Adds a project, or replaces the one with the same key.
     *
     * @param project the project
     * @return this
     */
    public Projects put(Project project) {
        byKey.put(project.apiKey(), project);
        return this;
    }

    /**
     * Removes a project. Its tokens are refused from now on.
     *
     * @param apiKey its key
     */
    public void remove(int apiKey) {
        byKey.remove(apiKey);
    }

    /**
     * Finds a project.
     *
     * @param apiKey its key
     * @return the project, or empty if there is none
     */
    public Optional<Project> find(int apiKey) {
        return Optional.ofNullable(byKey.get(apiKey));
    }

    /**
     * Tells whether there is no project.
     *
     * @return true if every token would be refused
     */
    public boolean isEmpty() {
        return byKey.isEmpty();
    }
}
