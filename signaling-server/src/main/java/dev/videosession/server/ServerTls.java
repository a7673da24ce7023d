package dev.videosession.server;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLException;

/**
 * The files of a server's TLS identity.
 *
 * @param certificateChain PEM
 * @param privateKey PEM, PKCS#8, without password
 */
record ServerTls(Path certificateChain, Path privateKey) {
    SslContext toContext() throws IOException {
        for (Path path : new Path[] {certificateChain, privateKey}) {
            if (!Files.isReadable(path)) {
                throw new IOException("cannot read " + path);
            }
        }
        try {
            File chain = certificateChain.toFile();
            return SslContextBuilder.forServer(chain, privateKey.toFile())
                    .protocols("TLSv1.3", "TLSv1.2")
                    .build();
        } catch (SSLException | IllegalArgumentException e) {
            throw new IOException("cannot use " + certificateChain + " with " + privateKey + ": " + rootMessage(e), e);
        }
    }

    private static String rootMessage(Exception e) {
        return e.getCause() instanceof GeneralSecurityException cause
                ? String.valueOf(cause.getMessage())
                : String.valueOf(e.getMessage());
    }
}
