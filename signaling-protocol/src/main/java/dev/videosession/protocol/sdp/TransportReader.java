package dev.videosession.protocol.sdp;

import dev.videosession.protocol.grammar.MalformedSdpException;
import dev.videosession.protocol.grammar.MalformedSdpException.Rule;
import dev.videosession.protocol.grammar.Tokens;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Collects the transport attributes of the session or of a section. */
final class TransportReader {
    private @Nullable String usernameFragment;
    private @Nullable String password;
    private @Nullable Set<String> iceOptions;
    private Transport.@Nullable Fingerprint fingerprint;
    private Transport.@Nullable Setup setup;

    /** Takes an attribute; false if it is none of the transport's. */
    boolean take(String name, String value) {
        switch (name) {
            case "ice-ufrag" -> usernameFragment = once(usernameFragment, Tokens.usernameFragment(value), name);
            case "ice-pwd" -> password = once(password, Tokens.password(value), name);
            case "ice-options" -> iceOptions = once(iceOptions, options(value), name);
            case "fingerprint" -> fingerprint = once(fingerprint, Transport.Fingerprint.parse(value), name);
            case "setup" -> setup = once(setup, Transport.Setup.parse(value), name);
            default -> {
                return false;
            }
        }
        return true;
    }

    private static Set<String> options(String value) {
        Set<String> known = new LinkedHashSet<>(Tokens.words(value, 16, Rule.TRANSPORT));
        known.retainAll(Transport.ICE_OPTIONS);
        return known;
    }

    private static <T> T once(@Nullable T before, T value, String name) {
        Tokens.require(before == null, Rule.TRANSPORT, name + " appears twice");
        return value;
    }

    /**
     * Fills what is missing from the session, or from the section whose transport is shared. Options that are all unknown are
     * missing: they are not written, so that the next reader would fill them.
     */
    void inherit(TransportReader other) {
        if (usernameFragment == null && password == null) {
            usernameFragment = other.usernameFragment;
            password = other.password;
        }
        iceOptions = iceOptions == null || iceOptions.isEmpty() ? other.iceOptions : iceOptions;
        fingerprint = fingerprint == null ? other.fingerprint : fingerprint;
        setup = setup == null ? other.setup : setup;
    }

    Transport build() {
        if (usernameFragment == null || password == null || fingerprint == null || setup == null) {
            throw new MalformedSdpException(
                    Rule.TRANSPORT, "a section must have ice-ufrag, ice-pwd, fingerprint and setup");
        }
        return new Transport(
                usernameFragment, password, iceOptions == null ? Set.of() : iceOptions, fingerprint, setup);
    }
}
