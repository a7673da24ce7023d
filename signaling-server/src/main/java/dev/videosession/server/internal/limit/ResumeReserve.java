package dev.videosession.server.internal.limit;

import dev.videosession.server.settings.ServerLimits;

/** The part of a limit that only resumes may use. */
final class ResumeReserve {
    private ResumeReserve() {}

    /** {@return {@link ServerLimits#resumeReservePercent} of a limit, rounded down} */
    static int of(ServerLimits limits, int limit) {
        return (int) ((long) limit * limits.resumeReservePercent() / 100);
    }
}
