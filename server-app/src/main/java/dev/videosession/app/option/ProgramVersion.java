package dev.videosession.app.option;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The version of the programs, which the build writes into a resource. */
final class ProgramVersion implements IVersionProvider {
    private static final String FILE = "version.properties";

    @Override
    public String[] getVersion() throws IOException {
        Properties properties = new Properties();
        try (InputStream file = ProgramVersion.class.getResourceAsStream(FILE)) {
            if (file == null) {
                throw new IOException("the resource " + FILE + " is missing");
            }
            properties.load(file);
        }
        return new String[] {
            "videosession " + properties.getProperty("version"), "Java " + System.getProperty("java.version")
        };
    }
}
