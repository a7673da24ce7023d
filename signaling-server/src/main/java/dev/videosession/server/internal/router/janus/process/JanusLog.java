package dev.videosession.server.internal.router.janus.process;

import dev.videosession.protocol.time.TimeSource;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passes the warnings and errors of Janus and its libraries on to the log: a bounded number of lines of bounded length, without
 * control characters. Remembers the last errors, which tell why Janus ended.
 */
final class JanusLog {
    private static final Logger LOG = LoggerFactory.getLogger(JanusLog.class);

    private static final int MAX_LENGTH = 300;
    private static final int MAX_LINES = 20;
    private static final long PERIOD_NANOS = TimeUnit.SECONDS.toNanos(10);

    /** What Janus calls an error or its libraries write before they abort. */
    private static final Pattern ERROR =
            Pattern.compile("\\[(ERR|FATAL)]|-(ERROR|CRITICAL) \\*\\*|^ERROR:|^Bail out!|^free\\(\\)"
                    + "|^double free|^malloc|^corrupted|^terminate called|^\\*\\*\\* stack smashing");

    private static final Pattern WARNING = Pattern.compile("\\[WARN]|-WARNING \\*\\*");

    /**
     * Lines that belong to normal work: a client's address was already known from its packets; an encoding is switched off; a
     * request was refused whose refusal reaches the server as its answer.
     */
    private static final List<String> EXPECTED = List.of(
            "Failed to add some remote candidates",
            "Didn't receive audio",
            "Didn't receive video",
            "mDNS resolution disabled",
            "No such room",
            "No such feed");

    private final TimeSource time;
    private @Nullable String lastError;
    private @Nullable String errorBefore;
    private long periodStart;
    private int lines;
    private int omitted;

    JanusLog(TimeSource time) {
        this.time = time;
        this.periodStart = time.nanos();
    }

    /** {@return the last errors, or empty if there was none; after the end of the output} */
    String lastErrors() {
        return Stream.of(errorBefore, lastError).filter(Objects::nonNull).collect(Collectors.joining("; "));
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
        String text = line.replace('"', '\'');
        boolean expected = EXPECTED.stream().anyMatch(line::contains);
        boolean error = !expected && ERROR.matcher(line).find();
        if (error) {
            errorBefore = lastError;
            lastError = text;
        }
        if (!error && (expected || !WARNING.matcher(line).find())) {
            LOG.debug("event=routerLog line=\"{}\"", text);
        } else if (mayLog()) {
            if (error) {
                LOG.warn("event=routerLog line=\"{}\"", text);
            } else {
                LOG.info("event=routerLog line=\"{}\"", text);
            }
        }
    }

    private boolean mayLog() {
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
            return false;
        }
        return true;
    }
}
