package dev.videosession.server.settings;

import dev.videosession.protocol.grammar.MalformedSdpException;
import dev.videosession.protocol.ice.AddressScope;
import dev.videosession.protocol.ice.CandidateAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * How to run a Janus on this machine.
 *
 * @param executable the program
 * @param firstPort the first UDP port for media, 0 for any port
 * @param lastPort the last one
 * @param publicAddresses addresses under which clients reach this machine, if it is behind a 1:1 NAT; else empty
 * @param keepPrivateAddress whether clients receive the machine's own address beside the public ones
 * @param interfaces names or addresses of the network interfaces to use for media; empty for all
 */
public record JanusSettings(
        Path executable,
        int firstPort,
        int lastPort,
        List<String> publicAddresses,
        boolean keepPrivateAddress,
        List<String> interfaces) {
    private static final int MIN_PORTS = 10;
    private static final Pattern INTERFACE = Pattern.compile("[A-Za-z0-9_.:-]{1,64}");

    /** Checks every part. */
    public JanusSettings {
        publicAddresses = List.copyOf(publicAddresses);
        interfaces = List.copyOf(interfaces);
        if (firstPort != 0 && (firstPort < 1024 || lastPort > 65_535 || lastPort - firstPort + 1 < MIN_PORTS)) {
            throw new IllegalArgumentException("the media ports must be at least " + MIN_PORTS
                    + " of 1024 to 65535, FIRST-LAST, was " + firstPort + "-" + lastPort);
        }
        for (String address : publicAddresses) {
            if (!isAddress(address)) {
                throw new IllegalArgumentException("a public address must be an IPv4 or IPv6 address, was " + address);
            }
        }
        for (String each : interfaces) {
            if (!INTERFACE.matcher(each).matches()) {
                throw new IllegalArgumentException("not a network interface: " + each);
            }
        }
    }

    /**
     * Describes a Janus with default settings.
     *
     * @param executable the program
     */
    public JanusSettings(Path executable) {
        this(executable, 0, 0, List.of(), false, List.of());
    }

    private static boolean isAddress(String text) {
        try {
            return CandidateAddress.parse(text).scope() != AddressScope.LOCAL_NAME;
        } catch (MalformedSdpException e) {
            return false;
        }
    }
}
