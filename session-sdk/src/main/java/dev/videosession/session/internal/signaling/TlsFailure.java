package dev.videosession.session.internal.signaling;

import java.net.ProtocolException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/** Explains why TLS with the server failed, and what to do. A retry cures none of these failures. */
final class TlsFailure {
    private static final Pattern NAMES = Pattern.compile("subjectAltNames: \\[(.*?)]");
    private static final Pattern HOST = Pattern.compile("Hostname (\\S+) not verified");
    private static final int LONGEST_NAMES = 200;

    private TlsFailure() {}

    /** Returns an explanation, or empty if the failure has another reason or may be temporary. */
    static Optional<String> explain(@Nullable Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < 10; depth++) {
            String words = of(cause);
            if (words != null) {
                return Optional.of(words);
            }
            cause = cause.getCause();
        }
        return fromMessage(failure);
    }

    private static @Nullable String of(Throwable cause) {
        if (cause instanceof CertificateExpiredException) {
            return "the server's TLS certificate has expired (" + cause.getMessage() + "). Renew it.";
        }
        if (cause instanceof CertificateNotYetValidException) {
            return "the server's TLS certificate is not valid yet (" + cause.getMessage()
                    + "). Check the clocks of this machine and of the server.";
        }
        if (cause instanceof SSLPeerUnverifiedException) {
            return otherHost(String.valueOf(cause.getMessage()));
        }
        boolean path = cause instanceof CertPathBuilderException || cause instanceof CertPathValidatorException;
        return path && !(cause.getCause() instanceof CertificateException)
                ? "the server's TLS certificate is not trusted: no authority that this JVM knows has issued it. Have the server"
                        + " send its intermediate certificates, add a private authority to the trust store"
                        + " (-Djavax.net.ssl.trustStore), or give SessionBuilder.httpClient a client that trusts it."
                : null;
    }

    private static String otherHost(String message) {
        Matcher host = HOST.matcher(message);
        if (!host.find()) {
            return "the server's TLS certificate was refused ("
                    + message.lines().findFirst().orElse("") + ").";
        }
        Matcher names = NAMES.matcher(message);
        String valid = names.find() ? names.group(1) : "";
        if (valid.length() > LONGEST_NAMES) {
            valid = valid.substring(0, LONGEST_NAMES) + " ...";
        }
        return "the server's TLS certificate is not valid for the host " + host.group(1) + ", but for "
                + (valid.isEmpty() ? "no host at all" : valid)
                + ". Use one of these host names, or get a certificate for this one.";
    }

    private static Optional<String> fromMessage(@Nullable Throwable failure) {
        String message = failure == null || failure.getMessage() == null
                ? ""
                : failure.getMessage().toLowerCase(Locale.ROOT);
        if (failure instanceof SSLException) {
            if (message.contains("unrecognized ssl message") || message.contains("not an ssl")) {
                return Optional.of(
                        "the server does not use TLS at this port. Use http:// or ws:// in its address, or the port"
                                + " of its TLS listener.");
            }
            if (message.contains("protocol_version")
                    || message.contains("handshake_failure")
                    || message.contains("no appropriate protocol")
                    || message.contains("insufficient_security")) {
                return Optional.of(
                        "the server and this JVM have no TLS version or cipher suite in common. The server must offer"
                                + " TLS 1.2 or 1.3.");
            }
        }
        if (failure instanceof ProtocolException && message.startsWith("unexpected status line")) {
            return Optional.of(
                    "something that is not an HTTP server answers there. If the server uses TLS, its address starts"
                            + " with https:// or wss://.");
        }
        return Optional.empty();
    }
}
