package dev.videosession.server.internal.project;

import dev.videosession.server.file.PublicKeyFile;
import dev.videosession.server.file.TextFile;
import dev.videosession.server.project.Application;
import dev.videosession.server.project.Project;
import dev.videosession.server.project.ProjectId;
import dev.videosession.server.project.Projects;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.interfaces.RSAPublicKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A file with projects, in the format of {@link Properties}, UTF-8:
 *
 * <pre>
 * project.47000001.secrets = the one that signs, one that is still accepted
 * project.47000001.webhook = https://example.org/events
 * project.47000002.application-id = 78d335fa-323d-0114-9c3d-d6f0d48968cf
 * project.47000002.public-key-files = public.pem, next.pem
 * </pre>
 *
 * Secrets and files are separated by commas; a file's path is relative to this file. A project needs secrets, an
 * application with public keys, or both; the webhook may be left out. A file with any other key is refused as a whole,
 * so that a misspelt one does not go unnoticed. Messages name the file and the key, never a secret.
 */
public final class ProjectsFile {
    private static final String PREFIX = "project.";
    private static final String SECRETS = "secrets";
    private static final int MAX_BYTES = 4 * 1024 * 1024;

    private final Path path;

    /**
     * Names a file, which is not read yet.
     *
     * @param path where it is
     */
    public ProjectsFile(Path path) {
        this.path = path;
    }

    /** {@return the path of the file} */
    public Path path() {
        return path;
    }

    /** The properties of one project. */
    private static final class Entry {
        @Nullable
        String secrets;

        @Nullable
        String webhook;

        @Nullable
        String applicationId;

        @Nullable
        String publicKeyFiles;
    }

    /**
     * Reads the file.
     *
     * @return its projects, at least one, by key
     * @throws IOException if it cannot be read or says something wrong; the message says what
     */
    public List<Project> read() throws IOException {
        Map<Integer, Entry> entries = entries();
        if (entries.isEmpty()) {
            throw new IOException(path + ": it names no project");
        }
        List<Project> projects = new ArrayList<>();
        for (var entry : entries.entrySet()) {
            projects.add(project(entry.getKey(), entry.getValue()));
        }
        return List.copyOf(projects);
    }

    /** {@return this file and the public key files that it names; this file alone if it cannot be read} */
    List<Path> files() {
        List<Path> files = new ArrayList<>();
        files.add(path);
        try {
            for (Entry entry : entries().values()) {
                list(entry.publicKeyFiles).forEach(name -> files.add(path.resolveSibling(name)));
            }
        } catch (IOException | InvalidPathException e) {
            return List.of(path);
        }
        return files;
    }

    private Map<Integer, Entry> entries() throws IOException {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(TextFile.read(path, MAX_BYTES)));
        } catch (IllegalArgumentException e) {
            throw new IOException("cannot use " + path + ": it is not a properties file", e);
        }
        TreeMap<Integer, Entry> entries = new TreeMap<>();
        for (String name : new TreeSet<>(properties.stringPropertyNames())) {
            add(entries, name, properties.getProperty(name).strip());
        }
        return entries;
    }

    private void add(Map<Integer, Entry> entries, String name, String value) throws IOException {
        if (!name.startsWith(PREFIX)) {
            throw unknown(name);
        }
        int dot = name.indexOf('.', PREFIX.length());
        int apiKey;
        try {
            apiKey = Integer.parseInt(name.substring(PREFIX.length(), dot < 0 ? name.length() : dot));
        } catch (NumberFormatException e) {
            throw new IOException(path + ": the key in " + name + " must be a number", e);
        }
        Entry entry = entries.computeIfAbsent(apiKey, key -> new Entry());
        switch (dot < 0 ? SECRETS : name.substring(dot + 1)) {
            case SECRETS -> {
                if (entry.secrets != null) {
                    throw new IOException(path + ": project." + apiKey + " and project." + apiKey
                            + ".secrets are both set: set one of them");
                }
                entry.secrets = value;
            }
            case "webhook" -> entry.webhook = value;
            case "application-id" -> entry.applicationId = value;
            case "public-key-files" -> entry.publicKeyFiles = value;
            default -> throw unknown(name);
        }
    }

    private IOException unknown(String name) {
        return new IOException(path + ": unknown key " + name
                + ". Use project.NUMBER.secrets, .webhook, .application-id or .public-key-files.");
    }

    private Project project(int apiKey, Entry entry) throws IOException {
        try {
            URI webhook = entry.webhook == null || entry.webhook.isEmpty() ? null : new URI(entry.webhook);
            return new Project(apiKey, list(entry.secrets), application(apiKey, entry), webhook);
        } catch (URISyntaxException e) {
            throw new IOException(path + ": project." + apiKey + ".webhook is no address: " + e.getReason());
        } catch (IllegalArgumentException e) {
            throw new IOException(path + ": " + e.getMessage(), e);
        }
    }

    private @Nullable Application application(int apiKey, Entry entry) throws IOException {
        List<String> files = list(entry.publicKeyFiles);
        if (entry.applicationId == null || files.isEmpty()) {
            if (entry.applicationId != null || !files.isEmpty()) {
                throw new IOException(path + ": project." + apiKey + " needs application-id and public-key-files");
            }
            return null;
        }
        if (ProjectId.parse(entry.applicationId).isEmpty() || entry.applicationId.indexOf('-') < 0) {
            throw new IOException(path + ": project." + apiKey + ".application-id is no UUID");
        }
        List<RSAPublicKey> keys = new ArrayList<>();
        for (String file : files) {
            keys.add(PublicKeyFile.read(path.resolveSibling(file)));
        }
        return new Application(UUID.fromString(entry.applicationId), keys);
    }

    private static List<String> list(@Nullable String text) {
        return text == null
                ? List.of()
                : Arrays.stream(text.split(",", -1))
                        .map(String::strip)
                        .filter(item -> !item.isEmpty())
                        .toList();
    }

    /**
     * Reads the file and makes its projects the only ones. Whatever goes wrong, nothing is changed.
     *
     * @param projects to replace
     * @throws IOException as {@link #read()}
     */
    public void loadInto(Projects projects) throws IOException {
        projects.replaceAll(read());
    }
}
