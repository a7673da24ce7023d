package dev.videosession.app.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.FileAppender;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.rolling.FixedWindowRollingPolicy;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeBasedTriggeringPolicy;
import ch.qos.logback.core.spi.FilterReply;
import ch.qos.logback.core.util.Duration;
import ch.qos.logback.core.util.FileSize;
import dev.videosession.server.file.TextFile;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * The log of this process: where it goes, from the start of a program to its end. Writing never makes the threads that log
 * wait, see {@link AsyncAppender}. One at a time is open.
 */
public final class ProgramLog implements AutoCloseable {
    private static final String OWN = "dev.videosession";

    private final Logger root;
    private final List<Appender<ILoggingEvent>> replaced = new ArrayList<>();
    private final AsyncAppender appender;

    private ProgramLog(LoggerContext context, LogSettings settings, Appender<ILoggingEvent> sink) {
        root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        for (Iterator<Appender<ILoggingEvent>> all = root.iteratorForAppenders(); all.hasNext(); ) {
            replaced.add(all.next());
        }
        appender = new AsyncAppender(context, sink);
        appender.addFilter(new WithoutWarmUp());
        appender.start();
        root.addAppender(appender);
        replaced.forEach(root::detachAppender);
        context.getLogger(OWN).setLevel(settings.level());
    }

    /**
     * Replaces what has been configured.
     *
     * @param settings what is logged and where
     * @return to be closed when the program ends
     * @throws IOException if the file cannot be written; the message names it
     */
    public static ProgramLog open(LogSettings settings) throws IOException {
        if (settings.file() != null) {
            requireWritable(settings.file());
        }
        return start(settings);
    }

    /**
     * Logs to standard error instead of what has been configured.
     *
     * @param level the least level, or null for warnings and errors only
     * @return to be closed when the program ends
     */
    public static ProgramLog standardError(@Nullable String level) {
        return start(LogSettings.standardError(Level.toLevel(level, Level.WARN)));
    }

    private static ProgramLog start(LogSettings settings) {
        if (!(LoggerFactory.getILoggerFactory() instanceof LoggerContext context)) {
            throw new IllegalStateException("logback is not the provider of SLF4J");
        }
        Path file = settings.file();
        OutputStreamAppender<ILoggingEvent> sink = file == null ? new LogStream() : rolling(context, settings, file);
        Encoder<ILoggingEvent> encoder = settings.format() == LogFormat.JSON ? new JsonEncoder() : new TextEncoder();
        encoder.setContext(context);
        encoder.start();
        sink.setContext(context);
        sink.setEncoder(encoder);
        sink.start();
        return new ProgramLog(context, settings, sink);
    }

    /** Leaves out what a node that starts does for clients of its own. Its threads are in the table of docs/CONCURRENCY.md. */
    private static final class WithoutWarmUp extends Filter<ILoggingEvent> {
        @Override
        public FilterReply decide(ILoggingEvent event) {
            return event.getThreadName().startsWith("warm-up")
                            && !event.getLevel().isGreaterOrEqual(Level.WARN)
                    ? FilterReply.DENY
                    : FilterReply.NEUTRAL;
        }
    }

    /** Standard error without its lock, which another thread could hold, or wait for while this one is blocked. */
    private static final class LogStream extends OutputStreamAppender<ILoggingEvent> {
        @Override
        public void start() {
            setOutputStream(new FileOutputStream(FileDescriptor.err));
            super.start();
        }

        @Override
        protected void closeOutputStream() {
            // it belongs to the process
        }
    }

    private static FileAppender<ILoggingEvent> rolling(LoggerContext context, LogSettings settings, Path file) {
        RollingFileAppender<ILoggingEvent> appender = new RollingFileAppender<>();
        appender.setContext(context);
        appender.setFile(file.toString());
        FixedWindowRollingPolicy names = new FixedWindowRollingPolicy();
        names.setContext(context);
        names.setParent(appender);
        names.setFileNamePattern(file + ".%i");
        names.setMinIndex(1);
        names.setMaxIndex(settings.files() - 1);
        names.start();
        SizeBasedTriggeringPolicy<ILoggingEvent> size = new SizeBasedTriggeringPolicy<>();
        size.setContext(context);
        size.setMaxFileSize(new FileSize(settings.fileBytes()));
        size.setCheckIncrement(Duration.buildByMilliseconds(0));
        size.start();
        appender.setRollingPolicy(names);
        appender.setTriggeringPolicy(size);
        return appender;
    }

    private static void requireWritable(Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            out.flush();
        } catch (IOException e) {
            throw new IOException("cannot write the log file " + file + ": " + TextFile.reason(file, e), e);
        }
    }

    /** {@return how many refusals were dropped because the sink was blocked or too slow} */
    public long droppedRefusals() {
        return appender.dropped().refusals();
    }

    /** {@return how many other lines were dropped because the sink was blocked or too slow} */
    public long droppedEvents() {
        return appender.dropped().events();
    }

    /**
     * Writes what is queued, but waits at most a second for a blocked sink. Logging goes on as before {@link #open}, unless
     * the sink is blocked.
     */
    @Override
    public void close() {
        appender.stop();
        root.detachAppender(appender);
        if (appender.isDrained()) {
            replaced.forEach(root::addAppender);
        }
    }
}
