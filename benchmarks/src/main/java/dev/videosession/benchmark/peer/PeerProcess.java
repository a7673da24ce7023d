package dev.videosession.benchmark.peer;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A server in a process of its own. It prints {@code listening PORT}, answers {@code memory}, and ends with its input. */
public final class PeerProcess implements AutoCloseable {
    private static final long STOP_SECONDS = 10;
    private static final int CPU_FIELDS_BEFORE = 11;
    private static final long TICK_NANOS = TimeUnit.SECONDS.toNanos(1) / 100;
    private static final int KILO = 1024;

    private final String name;
    private final Process process;
    private final BufferedReader output;
    private final Writer input;
    private final InetSocketAddress address;

    PeerProcess(String name, List<String> command) {
        this.name = name;
        try {
            process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            output = process.inputReader(StandardCharsets.UTF_8);
            input = process.outputWriter(StandardCharsets.UTF_8);
            address = new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(answer("listening")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String answer(String word) throws IOException {
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.startsWith(word + " ")) {
                return line.substring(word.length() + 1);
            }
        }
        throw new IOException(name + " ended before it printed \"" + word + "\"; its errors are above");
    }

    /** {@return where it listens} */
    public InetSocketAddress address() {
        return address;
    }

    /** {@return the CPU time that the process has used, in nanoseconds} */
    public long cpuNanos() {
        String stat = read("stat");
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return (Long.parseLong(fields[CPU_FIELDS_BEFORE]) + Long.parseLong(fields[CPU_FIELDS_BEFORE + 1])) * TICK_NANOS;
    }

    /** {@return resident memory in bytes} */
    public long residentBytes() {
        return read("status")
                .lines()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * KILO)
                .findFirst()
                .orElseThrow();
    }

    /** {@return bytes of live objects, after a collection} */
    public long heapBytes() {
        try {
            input.write("memory\n");
            input.flush();
            return Long.parseLong(answer("heap"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String read(String file) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(process.pid()), file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends the process. */
    @Override
    public void close() {
        try {
            input.close();
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
