package dev.videosession.protocol.sdp;

import dev.videosession.protocol.grammar.MalformedSdpException;
import dev.videosession.protocol.grammar.MalformedSdpException.Rule;
import dev.videosession.protocol.grammar.Tokens;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a media section says about its ICE and DTLS transport.
 *
 * @param usernameFragment 4 to 256 letters, digits, {@code +} or {@code /}
 * @param password 22 to 256 of the same; never in {@link #toString()}
 * @param iceOptions those of {@link #ICE_OPTIONS} that the writer supports
 * @param fingerprint of the writer's certificate
 * @param setup the writer's DTLS role
 */
public record Transport(
        String usernameFragment, String password, Set<String> iceOptions, Fingerprint fingerprint, Setup setup) {
    /** The ICE options that are kept; any other is dropped. */
    public static final List<String> ICE_OPTIONS = List.of("ice2", "renomination", "trickle");

    /** Checks every part. */
    public Transport {
        Tokens.usernameFragment(usernameFragment);
        Tokens.password(password);
        for (String option : iceOptions) {
            Tokens.require(ICE_OPTIONS.contains(option), Rule.TRANSPORT, "unknown ICE option");
        }
        iceOptions = Collections.unmodifiableSortedSet(new TreeSet<>(iceOptions));
    }

    /** DTLS roles (RFC 5763). {@code holdconn} is refused. */
    public enum Setup {
        /** The other end chooses; in offers only. */
        ACTPASS,
        /** The writer starts the handshake. */
        ACTIVE,
        /** The writer waits for the handshake. */
        PASSIVE;

        /** {@return the role as it stands in the attribute} */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }

        /**
         * Tells whether an answer may have this role.
         *
         * @param offered the role of the offer
         * @return true if exactly one end starts the handshake
         */
        public boolean mayAnswer(Setup offered) {
            return this != ACTPASS && this != offered;
        }

        static Setup parse(String text) {
            return switch (text) {
                case "actpass" -> ACTPASS;
                case "active" -> ACTIVE;
                case "passive" -> PASSIVE;
                default ->
                    throw MalformedSdpException.of(Rule.TRANSPORT, "setup must be actpass, active or passive", text);
            };
        }
    }

    /**
     * The hash of a certificate.
     *
     * @param hash the function
     * @param value bytes in upper-case hexadecimal, separated by colons
     */
    public record Fingerprint(Hash hash, String value) {
        /** Hash functions that are accepted: SHA-256 and stronger. */
        public enum Hash {
            /** SHA-256. */
            SHA_256("sha-256", 32),
            /** SHA-384. */
            SHA_384("sha-384", 48),
            /** SHA-512. */
            SHA_512("sha-512", 64);

            private final String text;
            private final int bytes;

            Hash(String text, int bytes) {
                this.text = text;
                this.bytes = bytes;
            }

            /** {@return the name as it stands in the attribute} */
            public String text() {
                return text;
            }
        }

        /** Checks the length and form of the value. */
        public Fingerprint {
            boolean fits = value.length() == hash.bytes * 3 - 1;
            for (int i = 0; fits && i < value.length(); i++) {
                char c = value.charAt(i);
                fits = i % 3 == 2 ? c == ':' : Tokens.isHex(c) && !(c >= 'a' && c <= 'f');
            }
            Tokens.require(
                    fits, Rule.TRANSPORT, "a " + hash.text + " fingerprint must have " + hash.bytes + " bytes in hex");
        }

        static Fingerprint parse(String text) {
            List<String> words = Tokens.words(text, 2, Rule.TRANSPORT);
            Tokens.require(words.size() == 2, Rule.TRANSPORT, "a fingerprint must have a hash function and a value");
            String name = Tokens.lower(words.get(0));
            for (Hash hash : Hash.values()) {
                if (hash.text.equals(name)) {
                    return new Fingerprint(hash, words.get(1).toUpperCase(Locale.ROOT));
                }
            }
            throw MalformedSdpException.of(Rule.TRANSPORT, "a fingerprint must be sha-256 or stronger", words.get(0));
        }
    }

    @Override
    public String toString() {
        return "Transport[" + usernameFragment + ", " + setup.text() + ", "
                + fingerprint.hash().text() + "]";
    }
}
