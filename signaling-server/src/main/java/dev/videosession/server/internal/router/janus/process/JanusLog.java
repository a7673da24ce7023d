package dev.videosession.server.internal.router.janus.process;

import dev.videosession.protocol.time.TimeSource;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passes the warnings and errors of Janus on to the log: a bounded number of lines of bounded length, without control
 * characters.
 */
final class JanusLog {
    private static final Logger LOG = LoggerFactory.getLogger(JanusLog.class);

    private static final int MAX_LENGTH = 300;
    private static final int MAX_LINES = 20;
    private static final long PERIOD_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final TimeSource time;
    private long periodStart;
    private int lines;
    private int omitted;

    JanusLog(TimeSource time) {
        this.time = time;
        this.periodStart = time.nanos();
    }

    /** Reads until the end of the output. A line that never ends takes no memory beyond its logged part. */
    void readAll(Reader output) throws IOException {
        BufferedReader reader = new BufferedReader(output);
        StringBuilder line = new StringBuilder();
        for (int c = reader.read(); c != -1; c = reader.read()) {
            if (c == '\n') {
                take(line.toString());
                line.setLength(0);
            } else if (line.length() < MAX_LENGTH && c >= ' ' && c != 0x7f) {
                line.append((char) c);
            }
        }
        take(line.toString());
    }

    void take(String line) {
        boolean error = line.contains("[ERR]") || line.contains("[FATAL]");
        if (!error && !line.contains("[WARN]")) {
            LOG.debug("event=routerLog line=\"{}\"", line);
            return;
        }
        long now = time.nanos();
        if (now - periodStart > PERIOD_NANOS) {
            if (omitted > 0) {
                LOG.info("event=routerLogOmitted lines={}", omitted);
            }
            periodStart = now;
            lines = 0;
            omitted = 0;
        }
        if (++lines > MAX_LINES) {
            omitted++;
        } else if (error) {
            LOG.warn("event=routerLog line=\"{}\"", line.replace('"', '\''));
        } else {
            LOG.info("event=routerLog line=\"{}\"", line.replace('"', '\''));
        }
    }
}
