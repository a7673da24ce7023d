package dev.videosession.server.project;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The projects that a server knows. Thread-safe; changes count for tokens that are checked from then on and leave
 * established connections alone. To rotate a secret, put the project with the new secret first and the old one behind
 * it, and later without the old one.
 */
public final class Projects {
    private volatile Map<Integer, Project> byKey = Map.of();

    /** Makes an empty set of projects. */
    public Projects() {}

    /**
     * Adds a project, or replaces the one with the same key.
     *
     * @param project the project
     * @return this
     */
    public synchronized Projects put(Project project) {
        Map<Integer, Project> changed = new HashMap<>(byKey);
        changed.put(project.apiKey(), project);
        byKey = Map.copyOf(changed);
        return this;
    }

    /**
     * Removes a project. Its tokens are refused from now on.
     *
     * @param apiKey its key
     */
    public synchronized void remove(int apiKey) {
        Map<Integer, Project> changed = new HashMap<>(byKey);
        changed.remove(apiKey);
        byKey = Map.copyOf(changed);
    }

    /**
     * Replaces all projects at once.
     *
     * @param projects what is there from now on
     * @throws IllegalArgumentException if two have the same key
     */
    public synchronized void replaceAll(Collection<Project> projects) {
        Map<Integer, Project> replacement = new HashMap<>();
        for (Project project : projects) {
            if (replacement.put(project.apiKey(), project) != null) {
                throw new IllegalArgumentException("project " + project.apiKey() + " appears twice");
            }
        }
        byKey = Map.copyOf(replacement);
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
