package dev.videosession.app.server;

import dev.videosession.server.project.Project;
import picocli.CommandLine.Option;

/** The options that name a project. */
final class ProjectOptions {
    @Option(
            names = "--api-key",
            paramLabel = "K",
            required = true,
            defaultValue = "${env:VIDEOSESSION_API_KEY}",
            description = "Key of the project.")
    private int apiKey;

    @Option(
            names = "--api-secret",
            paramLabel = "S",
            required = true,
            defaultValue = "${env:VIDEOSESSION_API_SECRET}",
            description = "Its secret.")
    private String apiSecret;

    @SuppressWarnings("NullAway.Init") // picocli fills the fields
    ProjectOptions() {}

    Backend backend() {
        return new Backend(new Project(apiKey, apiSecret));
    }
}
