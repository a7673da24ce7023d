package dev.videosession.server.internal.tls;

import dev.videosession.server.file.SecretFile;
import dev.videosession.server.internal.file.FileWatch;
import dev.videosession.server.internal.file.ReloadCounter;
import dev.videosession.server.settings.TlsFiles;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The certificate that a running server shows. Follows its files: when both have changed and fit each other, new sockets get
 * the new certificate and open ones keep theirs. Files that cannot be used change nothing; the log says why. Warns once a
 * day of a certificate that has expired or expires soon. Thread-safe.
 */
public final class ServerCertificate implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ServerCertificate.class);
    private static final Duration PERIOD = Duration.ofSeconds(2);
    private static final Duration WARNING_PERIOD = Duration.ofDays(1);

    private final TlsFiles files;
    private final InstantSource clock;
    private final ReloadCounter reloads;
    private final FileWatch watch;
    private volatile Current current;
    private @Nullable Instant warned;

    private record Current(SslContext context, TlsIdentity identity) {}

    /**
     * Loads a certificate and follows its files from then on.
     *
     * @param files where it is
     * @param clock decides whether it has expired
     * @param meters where its expiry and its reloads are shown
     * @throws IOException if the files cannot be used; the message names the file
     */
    public ServerCertificate(TlsFiles files, InstantSource clock, MeterRegistry meters) throws IOException {
        this.files = files;
        this.clock = clock;
        this.reloads =
                new ReloadCounter(meters, "videosession.tls.reloads", "attempts to load changed certificate files");
        this.current = read();
        SecretFile.warnIfExposed(files.privateKey());
        this.watch = new FileWatch(List.of(files.certificateChain(), files.privateKey()), new Target(), PERIOD);
        Gauge.builder("videosession.tls.certificate.expiry", this, ServerCertificate::secondsLeft)
                .description("time until the certificate expires; negative if it has")
                .baseUnit("seconds")
                .register(meters);
    }

    /** Follows the files. */
    private final class Target implements FileWatch.Target {
        @Override
        public void load() throws IOException {
            current = read();
            warned = null;
            LOG.info(
                    "event=certificateLoaded subject=\"{}\" expires={}",
                    current.identity().subject(),
                    current.identity().expires());
            looked();
        }

        @Override
        public void reloaded(boolean success) {
            reloads.count(success);
        }

        @Override
        public void looked() {
            warn();
        }

        @Override
        public String name() {
            return "certificate";
        }
    }

    private Current read() throws IOException {
        TlsIdentity identity = TlsIdentity.read(files.certificateChain(), files.privateKey());
        return new Current(identity.toContext(), identity);
    }

    /** Called while the watch holds its lock. */
    private void warn() {
        Instant now = clock.instant();
        if (warned != null && now.isBefore(warned.plus(WARNING_PERIOD))) {
            return;
        }
        TlsIdentity identity = current.identity();
        Path file = files.certificateChain();
        Instant expires = identity.expires();
        Duration left = Duration.between(now, expires);
        warned = now;
        if (!identity.isOrdered()) {
            LOG.warn(
                    "event=certificateChainBroken file=\"{}\" advice=\"each certificate must be followed by its"
                            + " issuer\"",
                    file);
        }
        if (now.isBefore(identity.begins())) {
            LOG.warn(
                    "event=certificateNotYetValid file=\"{}\" subject=\"{}\" begins={}",
                    file,
                    identity.subject(),
                    identity.begins());
        }
        if (left.isNegative()) {
            LOG.warn(
                    "event=certificateExpired file=\"{}\" subject=\"{}\" expired={}",
                    file,
                    identity.subject(),
                    expires);
        } else if (left.compareTo(files.warning()) < 0) {
            LOG.warn(
                    "event=certificateExpiring file=\"{}\" subject=\"{}\" expires={} days={}",
                    file,
                    identity.subject(),
                    expires,
                    left.toDays());
        }
    }

    private double secondsLeft() {
        return Duration.between(clock.instant(), current.identity().expires()).toSeconds();
    }

    /** {@return what encrypts a new socket} */
    public SslContext context() {
        return current.context();
    }

    /**
     * Looks at the files now, and loads them if their content has changed.
     *
     * @return true if they were loaded
     * @throws IOException if they have changed and cannot be used; the message names the file
     */
    public boolean reload() throws IOException {
        return watch.reload();
    }

    /** Stops following the files. */
    @Override
    public void close() {
        watch.close();
    }
}
