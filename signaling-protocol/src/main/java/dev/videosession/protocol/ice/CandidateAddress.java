package dev.videosession.protocol.ice;

import dev.videosession.protocol.grammar.MalformedSdpException;
import dev.videosession.protocol.grammar.MalformedSdpException.Rule;
import dev.videosession.protocol.grammar.Tokens;
import org.jspecify.annotations.Nullable;

/**
 * The address of a candidate: a literal IPv4 or IPv6 address, or a {@code .local} name. It is never resolved here. Two
 * addresses are equal if their canonical texts are.
 */
public final class CandidateAddress {
    private static final String LOCAL = ".local";
    private static final int LABEL = 63;

    private final String text;
    private final AddressScope scope;

    private CandidateAddress(String text, AddressScope scope) {
        this.text = text;
        this.scope = scope;
    }

    /**
     * Reads an address.
     *
     * @param text four decimal numbers with dots, an IPv6 address without a zone, or one label and {@code .local}
     * @return the address in canonical form
     * @throws MalformedSdpException if it is anything else, a host name for instance
     */
    public static CandidateAddress parse(String text) {
        CandidateAddress literal = literal(text);
        if (literal != null) {
            return literal;
        }
        if (isLocalName(text)) {
            return new CandidateAddress(Tokens.lower(text), AddressScope.LOCAL_NAME);
        }
        throw MalformedSdpException.of(Rule.CANDIDATE, "an address must be an IP literal or a .local name", text);
    }

    private static @Nullable CandidateAddress literal(String text) {
        if (text.indexOf(':') >= 0) {
            int[] groups = IpLiteral.ipv6(text);
            return groups == null ? null : new CandidateAddress(IpLiteral.text(groups), IpLiteral.scope(groups));
        }
        long ipv4 = IpLiteral.ipv4(text);
        return ipv4 < 0 ? null : new CandidateAddress(IpLiteral.text((int) ipv4), IpLiteral.scope((int) ipv4));
    }

    private static boolean isLocalName(String text) {
        int label = text.length() - LOCAL.length();
        return label > 0
                && Tokens.lower(text.substring(label)).equals(LOCAL)
                && text.charAt(0) != '-'
                && Tokens.consistsOf(text.substring(0, label), 1, LABEL, c -> Tokens.isLetterOrDigit(c) || c == '-');
    }

    /** {@return the address in canonical form: lower case, IPv6 as RFC 5952 says} */
    public String text() {
        return text;
    }

    /**
     * Returns the range that the address belongs to. An IPv6 address that embeds an IPv4 address (mapped, compatible, NAT64
     * or 6to4) has the scope of the embedded one.
     *
     * @return the scope
     */
    public AddressScope scope() {
        return scope;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CandidateAddress address && text.equals(address.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
