package dev.videosession.app.option;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the addresses of a server; the error does not repeat an address, which may hold a password. */
public final class ServerListConverter implements ITypeConverter<ServerList> {
    /** For the command line. */
    public ServerListConverter() {}

    @Override
    public ServerList convert(String text) {
        try {
            return ServerList.parse(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
