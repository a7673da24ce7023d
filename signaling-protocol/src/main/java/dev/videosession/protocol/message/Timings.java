package dev.videosession.protocol.message;

import dev.videosession.protocol.text.Text;

/**
 * How long each side waits. The server decides and tells the client.
 *
 * @param heartbeatMillis send at least one message in this time, in milliseconds
 * @param silenceMillis a side that received nothing for this long is taken for lost, in milliseconds
 * @param resumeWindowMillis how long a lost client may come back with its resume key, in milliseconds; 0 if it may not
 */
public record Timings(long heartbeatMillis, long silenceMillis, long resumeWindowMillis) {
    public Timings {
        Text.requireRange("heartbeatMillis", heartbeatMillis, 10, 3_600_000);
        Text.requireRange("silenceMillis", silenceMillis, heartbeatMillis, 3_600_000);
        Text.requireRange("resumeWindowMillis", resumeWindowMillis, 0, 3_600_000);
    }
}
