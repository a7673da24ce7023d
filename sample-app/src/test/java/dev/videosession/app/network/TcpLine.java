package dev.videosession.app.network;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One TCP connection through a {@link Network}: two sockets, and for each way a thread that reads and one that writes. */
final class TcpLine {
    private static final Logger LOG = LoggerFactory.getLogger(TcpLine.class);
    private static final int PIECE = 1024;
    private static final int PIECES_UNDER_WAY = 64; // then the sender has to wait, as with TCP's window
    private static final byte[] END = new byte[0];
    private static final byte[] RESET = new byte[0];

    private static final class Parcel {
        final byte[] bytes;
        final long dueNanos;

        Parcel(byte[] bytes, long dueNanos) {
            this.bytes = bytes;
            this.dueNanos = dueNanos;
        }
    }

    private final Socket near;
    private final Socket far = new Socket();
    private final Way up;
    private final Way down;
    private final Way gate;
    private volatile boolean strandedNear;
    private volatile boolean strandedFar;

    /**
     * Makes a line.
     *
     * @param gate holds up both ways, apart from what they share with others
     */
    TcpLine(Socket near, Way up, Way down, Way gate) {
        this.near = near;
        this.up = up;
        this.down = down;
        this.gate = gate;
    }

    /** Reaches the server, as soon as that is possible, and begins to pass on. */
    void open(InetSocketAddress server, FrameStage upStage, FrameStage downStage) {
        start("open", () -> {
            gate.awaitPassage();
            up.awaitPassage();
            down.awaitPassage();
            far.connect(server, 2_000);
            near.setTcpNoDelay(true);
            far.setTcpNoDelay(true);
            BlockingQueue<Parcel> rising = new ArrayBlockingQueue<>(PIECES_UNDER_WAY);
            BlockingQueue<Parcel> falling = new ArrayBlockingQueue<>(PIECES_UNDER_WAY);
            start("up-in", () -> read(near, up, upStage, rising));
            start("up-out", () -> write(rising, up, far));
            start("down-in", () -> read(far, down, downStage, falling));
            start("down-out", () -> write(falling, down, near));
        });
    }

    private static void read(Socket from, Way way, FrameStage stage, BlockingQueue<Parcel> to)
            throws InterruptedException {
        byte[] buffer = new byte[PIECE];
        byte[] last = END;
        try {
            InputStream in = from.getInputStream();
            for (int count; (count = in.read(buffer)) >= 0; ) {
                byte[] piece = stage.pass(Arrays.copyOf(buffer, count));
                if (piece.length > 0) {
                    to.put(new Parcel(piece, way.arrivalNanos(piece.length)));
                }
            }
        } catch (IOException e) {
            LOG.debug("{}", e.toString());
            last = RESET;
        }
        to.put(new Parcel(last, way.arrivalNanos(0)));
    }

    private void write(BlockingQueue<Parcel> from, Way way, Socket to) throws InterruptedException {
        boolean more = true;
        while (more) {
            Parcel parcel = from.take();
            TimeUnit.NANOSECONDS.sleep(parcel.dueNanos - System.nanoTime());
            gate.awaitPassage();
            way.awaitPassage();
            more = parcel.bytes.length > 0;
            boolean stranded = to == near ? strandedNear : strandedFar; // gets nothing more, not even the end
            if (!stranded) {
                deliver(parcel.bytes, to);
            }
        }
    }

    private static void deliver(byte[] bytes, Socket to) {
        try {
            if (bytes == END) {
                to.shutdownOutput();
            } else if (bytes == RESET) {
                reset(to);
            } else {
                to.getOutputStream().write(bytes);
            }
        } catch (IOException e) {
            LOG.debug("{}", e.toString()); // the reader of that socket closes the other end
        }
    }

    /** Resets both ends. */
    void reset() {
        reset(near);
        reset(far);
    }

    /** Resets the end of the client; the server hears nothing until {@link #resetFar()}. */
    void resetNear() {
        strandedFar = true;
        reset(near);
    }

    /** Resets the end of the server. */
    void resetFar() {
        reset(far);
    }

    /** Ends a way as if its sender had closed it properly: FIN, without a word of the protocol above. */
    void finish(Way way) {
        Socket to = way == up ? far : near;
        if (way == up) {
            strandedFar = true;
        } else {
            strandedNear = true;
        }
        try {
            to.shutdownOutput();
        } catch (IOException e) {
            LOG.debug("{}", e.toString());
        }
    }

    static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            LOG.debug("{}", e.toString());
        }
    }

    private interface Work {
        void run() throws IOException, InterruptedException;
    }

    private void start(String name, Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException | InterruptedException e) {
                        LOG.debug("{}", e.toString());
                        reset();
                    }
                },
                "network-" + name);
        thread.setDaemon(true);
        thread.start();
    }
}
