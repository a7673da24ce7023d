package dev.videosession.session.internal.score;

import dev.videosession.session.QualityCause;
import dev.videosession.session.QualitySide;
import dev.videosession.session.internal.score.ExpectedMedia.PathDirection;
import java.util.HashMap;
import java.util.Map;

/**
 * Compares the paths of one client in one direction: if all of them are bad, its own network is the cause, and if others are good, the
 * remote participant's
 * is. Used on the session's loop.
 */
public final class PathComparison {
    /** Other paths of the same network turn bad within this time: receivers report once a second. */
    private static final long REPORTS_MILLIS = 2_000;

    /** The last finding of a path, and when it turned bad. */
    private record Path(Object participant, boolean bad, long sinceMillis) {}

    private final Map<Object, Path> paths = new HashMap<>();

    /**
     * Notes how a path does.
     *
     * @param path any object that stands for the path
     * @param participant any object that stands for the other end's network
     * @param bad whether its network lowers a score
     */
    void note(long nowMillis, Object path, Object participant, boolean bad) {
        Path before = paths.get(path);
        long since = before != null && before.bad() == bad ? before.sinceMillis() : nowMillis;
        paths.put(path, new Path(participant, bad, since));
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
                othersGood |= !other.bad();
                othersBad |= other.bad();
            }
        }
        if (othersGood) {
            Path own = paths.get(path);
            boolean reported = own != null && nowMillis - own.sinceMillis() >= REPORTS_MILLIS;
            return reported ? QualitySide.REMOTE : othersBad ? QualitySide.LOCAL : QualitySide.UNKNOWN;
        }
        return othersBad || expected.routed() ? QualitySide.LOCAL : QualitySide.UNKNOWN;
    }
}
