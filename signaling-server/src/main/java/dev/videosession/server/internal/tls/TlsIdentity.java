package dev.videosession.server.internal.tls;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import javax.net.ssl.SSLException;

/**
 * A certificate chain and the private key of its first certificate, which match each other.
 *
 * @param chain the server's own certificate first, then each issuer
 * @param key of the first certificate
 */
record TlsIdentity(List<X509Certificate> chain, PrivateKey key) {
    /** Forward secrecy (ECDHE) and authenticated encryption only. */
    static final List<String> CIPHERS = List.of(
            "TLS_AES_256_GCM_SHA384",
            "TLS_AES_128_GCM_SHA256",
            "TLS_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");

    static final List<String> PROTOCOLS = List.of("TLSv1.3", "TLSv1.2");

    TlsIdentity {
        chain = List.copyOf(chain);
    }

    /**
     * Reads the two files.
     *
     * @throws IOException if one cannot be used, or they do not belong together; the message names the file
     */
    static TlsIdentity read(Path chainFile, Path keyFile) throws IOException {
        List<X509Certificate> chain = readChain(chainFile);
        PrivateKey key = PrivateKeyFile.read(keyFile);
        if (!matches(chain.get(0).getPublicKey(), key)) {
            String advice = chain.stream().anyMatch(other -> matches(other.getPublicKey(), key))
                    ? "the server's own certificate must come first in the chain"
                    : "the key is not that of the certificate " + name(chain.get(0));
            throw new IOException("cannot use " + chainFile + " with " + keyFile + ": " + advice);
        }
        return new TlsIdentity(chain, key);
    }

    private static List<X509Certificate> readChain(Path path) throws IOException {
        List<X509Certificate> chain = new ArrayList<>();
        for (PemBlocks.Block block : PemBlocks.read(path)) {
            if (block.kind().endsWith("CERTIFICATE")) {
                ByteArrayInputStream in = new ByteArrayInputStream(block.decode(path));
                try {
                    chain.add((X509Certificate)
                            CertificateFactory.getInstance("X.509").generateCertificate(in));
                } catch (CertificateException e) {
                    throw new IOException(
                            "cannot use " + path + ": its certificate " + (chain.size() + 1) + " is damaged", e);
                }
            }
        }
        if (chain.isEmpty()) {
            throw new IOException("cannot use " + path + ": it has no -----BEGIN CERTIFICATE-----");
        }
        return chain;
    }

    private static boolean matches(PublicKey certified, PrivateKey key) {
        if (!certified.getAlgorithm().equals(key.getAlgorithm())) {
            return false;
        }
        try {
            String algorithm = key.getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA";
            byte[] text = {1, 2, 3};
            Signature signing = Signature.getInstance(algorithm);
            signing.initSign(key);
            signing.update(text);
            Signature checking = Signature.getInstance(algorithm);
            checking.initVerify(certified);
            checking.update(text);
            return checking.verify(signing.sign());
        } catch (GeneralSecurityException e) {
            return false; // keys of different curves or sizes
        }
    }

    private static String name(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().getName();
    }

    /** {@return the subject of the server's own certificate} */
    String subject() {
        return name(chain.get(0));
    }

    /** {@return when the first certificate of the chain to expire does} */
    Instant expires() {
        return chain.stream()
                .map(certificate -> certificate.getNotAfter().toInstant())
                .min(Comparator.naturalOrder())
                .orElseThrow();
    }

    /** {@return when the last certificate of the chain to become valid does} */
    Instant begins() {
        return chain.stream()
                .map(certificate -> certificate.getNotBefore().toInstant())
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }

    /** {@return whether each certificate was issued by the next one} Some clients refuse other chains. */
    boolean isOrdered() {
        for (int i = 0; i + 1 < chain.size(); i++) {
            try {
                chain.get(i).verify(chain.get(i + 1).getPublicKey());
            } catch (GeneralSecurityException e) {
                return false;
            }
        }
        return true;
    }

    /** {@return what encrypts sockets with this identity} */
    SslContext toContext() throws IOException {
        try {
            return SslContextBuilder.forServer(key, chain)
                    .sslProvider(SslProvider.JDK)
                    .protocols(PROTOCOLS)
                    .ciphers(CIPHERS, SupportedCipherSuiteFilter.INSTANCE)
                    .build();
        } catch (SSLException | IllegalArgumentException e) {
            throw new IOException("cannot use the certificate " + subject() + ": " + e.getMessage(), e);
        }
    }

    @Override
    public String toString() {
        return "TlsIdentity[" + subject() + "]";
    }
}
