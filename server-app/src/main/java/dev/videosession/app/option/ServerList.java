package dev.videosession.app.option;

import dev.videosession.session.ServerAddress;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The addresses of the nodes of one server, as given to a command.
 *
 * @param nodes at least one
 */
public record ServerList(List<ServerAddress> nodes) {
    /** What the commands say about this parameter. */
    public static final String DESCRIPTION =
            "Address of the server: http, https, ws or wss://host[:port][/prefix]. Several nodes: with commas between them.";

    /**
     * Reads addresses.
     *
     * @param text one address, or several with commas between them
     * @return the addresses
     * @throws IllegalArgumentException if one is invalid; the message does not repeat it
     */
    public static ServerList parse(String text) {
        return new ServerList(ServerAddress.listOf(text));
    }

    @Override
    public String toString() {
        return nodes.stream().map(ServerAddress::url).collect(Collectors.joining(","));
    }
}
