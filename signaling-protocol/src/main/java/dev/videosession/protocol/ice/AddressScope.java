package dev.videosession.protocol.ice;

/** The range that a candidate's address belongs to (IANA special-purpose registries and well-known cloud addresses). */
public enum AddressScope {
    /** Names no host: 0.0.0.0/8 and {@code ::}. */
    UNSPECIFIED,
    /** The host itself: 127.0.0.0/8 and {@code ::1}. */
    LOOPBACK,
    /** One link only: 169.254.0.0/16 and fe80::/10. */
    LINK_LOCAL,
    /** A group of hosts: 224.0.0.0/4 and ff00::/8. */
    MULTICAST,
    /** A cloud's instance metadata or host agent, for instance 169.254.169.254. */
    METADATA,
    /** Not to be used, broadcast included: 240.0.0.0/4. */
    RESERVED,
    /** Private networks: 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16. */
    PRIVATE,
    /** Carrier-grade NAT: 100.64.0.0/10. */
    SHARED,
    /** IPv6 unique local addresses: fc00::/7, and the deprecated site-local fec0::/10. */
    UNIQUE_LOCAL,
    /** Documentation: 192.0.2.0/24, 198.51.100.0/24, 203.0.113.0/24, 2001:db8::/32. */
    DOCUMENTATION,
    /** Everything else that is a literal address. */
    PUBLIC,
    /** A {@code .local} name, resolved by multicast DNS on the client's own network. */
    LOCAL_NAME
}
