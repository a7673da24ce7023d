package dev.videosession.session.internal.score;

import dev.videosession.session.QualityCause;
import dev.videosession.session.QualitySide;
import dev.videosession.session.internal.score.ExpectedMedia.PathDirection;
import java.util.HashMap;
import java.util.Map;

/**
 * Compares the paths of one client in one direction: if all of them are bad, its own network is the cause, and if others are good, the
 * remote participant's is. Used on the session's loop.
 */
public final class PathComparison {
    /** Other paths of the same network turn bad within this time: at little loss each of them is found out at a time of its own. */
    private static final long FOUND_MILLIS = 3_000;

    /** A path is bad until it has been good for this time: some seconds of steady loss have few losses. */
    private static final long GOOD_MILLIS = 5_000;

    private static final long NEVER = Long.MIN_VALUE;

    /**
     * How a path does.
     *
     * @param participant stands for the other end's network
     * @param sinceMillis when it turned bad
     * @param badMillis when it was bad for the last time, or NEVER
     */
    private record Path(Object participant, long sinceMillis, long badMillis) {
        boolean isBad(long nowMillis) {
            return badMillis != NEVER && nowMillis - badMillis < GOOD_MILLIS;
        }
    }

    private final Map<Object, Path> paths = new HashMap<>();

    /**
     * Notes how a path does.
     *
     * @param path any object that stands for the path
     * @param participant any object that stands for the other end's network
     * @param bad whether its network lowers a score
     */
    void note(long nowMillis, Object path, Object participant, boolean bad) {
        Path before = paths.getOrDefault(path, new Path(participant, nowMillis, NEVER));
        long since = before.isBad(nowMillis) ? before.sinceMillis() : nowMillis;
        paths.put(path, new Path(participant, since, bad ? nowMillis : before.badMillis()));
    }

    void remove(Object path) {
        paths.remove(path);
    }

    /** {@return whose network or computer a finding is about} */
    QualitySide side(long nowMillis, Object path, Object participant, QualityCause cause, ExpectedMedia expected) {
        return switch (cause) {
            case NONE -> QualitySide.NONE;
            case CPU -> QualitySide.LOCAL;
            case REMOTE_PARTICIPANT -> QualitySide.REMOTE;
            case BANDWIDTH, LOSS, DELAY -> networkSide(nowMillis, path, participant, expected);
        };
    }

    private QualitySide networkSide(long nowMillis, Object path, Object participant, ExpectedMedia expected) {
        if (expected.routed() && expected.direction() == PathDirection.SENT) {
            return QualitySide.LOCAL;
        }
        boolean othersGood = false;
        boolean othersBad = false;
        for (Map.Entry<Object, Path> each : paths.entrySet()) {
            Path other = each.getValue();
            if (each.getKey() != path && !other.participant().equals(participant)) {
                othersGood |= !other.isBad(nowMillis);
                othersBad |= other.isBad(nowMillis);
            }
        }
        if (othersGood) {
            Path own = paths.get(path);
            boolean found = own != null && nowMillis - own.sinceMillis() >= FOUND_MILLIS;
            return found ? QualitySide.REMOTE : othersBad ? QualitySide.LOCAL : QualitySide.UNKNOWN;
        }
        return othersBad || expected.routed() ? QualitySide.LOCAL : QualitySide.UNKNOWN;
    }
}
