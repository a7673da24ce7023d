package dev.videosession.server.file;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads RSA public keys from PEM files. */
public final class PublicKeyFile {
    private static final int MAX_BYTES = 16 * 1024;
    private static final Pattern BEGIN = Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----");

    private PublicKeyFile() {}

    /**
     * Reads a public key.
     *
     * @param path a PEM file with one block {@code PUBLIC KEY}, as {@code openssl pkey -pubout} writes it
     * @return the key
     * @throws IOException if the file cannot be read or holds something else; the message says what to do
     */
    public static RSAPublicKey read(Path path) throws IOException {
        String text = TextFile.read(path, MAX_BYTES);
        Matcher begin = BEGIN.matcher(text);
        if (!begin.find()) {
            throw new IOException(path + " holds no PEM: a block that begins with -----BEGIN PUBLIC KEY----- expected");
        }
        if (!begin.group(1).equals("PUBLIC KEY")) {
            throw new IOException(path + advice(begin.group(1), path));
        }
        int end = text.indexOf("-----END PUBLIC KEY-----", begin.end());
        if (end < 0) {
            throw new IOException(path + " is incomplete: -----END PUBLIC KEY----- is missing");
        }
        try {
            byte[] der = Base64.getMimeDecoder().decode(text.substring(begin.end(), end));
            return (RSAPublicKey) KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(der));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IOException(path + " holds no RSA public key", e);
        }
    }

    private static String advice(String label, Path path) {
        if (label.endsWith("PRIVATE KEY")) {
            return " holds a private key, which belongs to the backend alone. Give the server the public key: openssl"
                    + " pkey -pubout -in " + path;
        }
        return switch (label) {
            case "RSA PUBLIC KEY" ->
                " holds a public key in the form PKCS#1. Convert it: openssl rsa -RSAPublicKey_in -pubout -in " + path;
            case "CERTIFICATE" ->
                " holds a certificate. Extract its public key: openssl x509 -pubkey -noout -in " + path;
            default -> " holds a block " + label + ": PUBLIC KEY expected";
        };
    }
}
