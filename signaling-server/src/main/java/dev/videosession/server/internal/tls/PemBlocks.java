package dev.videosession.server.internal.tls;

import dev.videosession.server.file.TextFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the blocks of a PEM file; text around them is ignored. */
final class PemBlocks {
    private static final int MAX_BYTES = 1024 * 1024;
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----\\s*\\n(.*?)-----END \\1-----", Pattern.DOTALL);

    private PemBlocks() {}

    /**
     * A block.
     *
     * @param kind what stands behind {@code BEGIN}, for instance {@code CERTIFICATE}
     * @param body what stands in it
     */
    record Block(String kind, String body) {
        byte[] decode(Path path) throws IOException {
            try {
                return Base64.getMimeDecoder().decode(body);
            } catch (IllegalArgumentException e) {
                throw new IOException("cannot use " + path + ": its " + kind + " is not Base64", e);
            }
        }

        @Override
        public String toString() {
            return kind; // the body may be a private key
        }
    }

    static List<Block> read(Path path) throws IOException {
        List<Block> blocks = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(TextFile.read(path, MAX_BYTES));
        while (matcher.find()) {
            blocks.add(new Block(matcher.group(1), matcher.group(2)));
        }
        return blocks;
    }
}
