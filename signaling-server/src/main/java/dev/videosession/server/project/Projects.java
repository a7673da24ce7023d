package dev.videosession.server.project;

import dev.videosession.protocol.SessionId;
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
    private volatile Map<ProjectId, Project> byId = Map.of();

    /** Creates an empty set of projects. */
    public Projects() {}

    /**
     * Adds a project, or replaces the one with the same key.
     *
     * @param project the project
     * @return this
     * @throws IllegalArgumentException if another project has the same application id
     */
    public synchronized Projects put(Project project) {
        Map<ProjectId, Project> changed = new HashMap<>(byId);
        changed.values().removeIf(old -> old.apiKey() == project.apiKey());
        add(changed, project);
        byId = Map.copyOf(changed);
        return this;
    }

    private static void add(Map<ProjectId, Project> projects, Project project) {
        for (ProjectId id : project.ids()) {
            if (projects.put(id, project) != null) {
                throw new IllegalArgumentException("two projects have the id " + id);
            }
        }
    }

    /**
     * Removes a project. Its tokens are refused from now on.
     *
     * @param apiKey its key
     */
    public synchronized void remove(int apiKey) {
        Map<ProjectId, Project> changed = new HashMap<>(byId);
        changed.values().removeIf(old -> old.apiKey() == apiKey);
        byId = Map.copyOf(changed);
    }

    /**
     * Replaces all projects at once.
     *
     * @param projects what is there from now on
     * @throws IllegalArgumentException if two have the same key or application id
     */
    public synchronized void replaceAll(Collection<Project> projects) {
        Map<ProjectId, Project> replacement = new HashMap<>();
        for (Project project : projects) {
            add(replacement, project);
        }
        byId = Map.copyOf(replacement);
    }

    /**
     * Finds a project.
     *
     * @param apiKey its key
     * @return the project, or empty if there is none
     */
    public Optional<Project> find(int apiKey) {
        return find(ProjectId.ofApiKey(apiKey));
    }

    /**
     * Finds a project.
     *
     * @param id its API key or application id
     * @return the project, or empty if there is none
     */
    public Optional<Project> find(ProjectId id) {
        return Optional.ofNullable(byId.get(id));
    }

    /**
     * Finds the project of a session.
     *
     * @param sessionId the session
     * @return the project that the id names, or empty if there is none
     */
    public Optional<Project> of(SessionId sessionId) {
        return SessionIds.read(sessionId).flatMap(parts -> find(parts.project()));
    }

    /** {@return whether there is no project, so that every token is refused} */
    public boolean isEmpty() {
        return byId.isEmpty();
    }
}
