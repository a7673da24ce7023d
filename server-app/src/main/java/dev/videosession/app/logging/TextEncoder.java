package dev.videosession.app.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.encoder.EncoderBase;
import java.nio.charset.StandardCharsets;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Locale;

/** {@code 2026-11-26T12:32:00.123Z INFO  ConnectHandler [signaling-1-2] event=refused code=...}; control characters become ?. */
final class TextEncoder extends EncoderBase<ILoggingEvent> {
    static final DateTimeFormatter TIME =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter(Locale.ROOT);
    private static final int LEVEL_WIDTH = 5;

    @Override
    public byte[] headerBytes() {
        return new byte[0];
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
        StringBuilder line = new StringBuilder();
        TIME.formatTo(event.getInstant(), line);
        String level = event.getLevel().toString();
        line.append(' ').append(level).append(" ".repeat(Math.max(1, LEVEL_WIDTH + 1 - level.length())));
        String logger = event.getLoggerName();
        line.append(logger, logger.lastIndexOf('.') + 1, logger.length());
        line.append(" [").append(event.getThreadName()).append("] ");
        appendPrintable(line, event.getFormattedMessage());
        line.append('\n');
        if (event.getThrowableProxy() != null) {
            // indented, so that no text of an exception can look like a line of its own
            ThrowableProxyUtil.asString(event.getThrowableProxy()).lines().forEach(each -> {
                line.append("    ");
                appendPrintable(line, each.replace("\t", "    "));
                line.append('\n');
            });
        }
        return line.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void appendPrintable(StringBuilder line, String text) {
        text.chars().map(c -> Character.isISOControl(c) ? '?' : c).forEach(c -> line.append((char) c));
    }

    @Override
    public byte[] footerBytes() {
        return new byte[0];
    }
}
