package dev.videosession.benchmark.peer;

import dev.videosession.benchmark.dialect.Dialect;
import java.util.List;
import java.util.function.Supplier;

/**
 * A server that can be compared.
 *
 * @param name as it is shown
 * @param version of its library
 * @param dialect its messages
 * @param hasMembers whether it checks tokens and removes members
 * @param command starts it; installs what it needs first
 */
public record Peer(String name, String version, Dialect dialect, boolean hasMembers, Supplier<List<String>> command) {

    /** {@return the started server} */
    public PeerProcess start() {
        return new PeerProcess(name, command.get());
    }
}
