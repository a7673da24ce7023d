package dev.videosession.app.option;

import dev.videosession.session.ServerAddress;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the address of a server; the error does not repeat the address, which may hold a password. */
public final class ServerAddressConverter implements ITypeConverter<ServerAddress> {
    /** For the command line. */
    public ServerAddressConverter() {}

    @Override
    public ServerAddress convert(String text) {
        try {
            return new ServerAddress(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
