package dev.videosession.session.precall;

import dev.videosession.media.device.DeviceList;
import dev.videosession.media.source.VideoFormat;
import java.util.Map;
import java.util.Optional;

/**
 * The result of a pre-call test.
 *
 * @param checks one for each step
 * @param devices the devices that were found
 * @param measurement what was measured; empty if no media arrived, or no path through the network could be measured
 * @param recommended the largest size and rate that path and computer carry; empty if only audio is advisable, or nothing was measured
 */
public record PreCallResult(
        Map<PreCallStep, PreCallCheck> checks,
        DeviceList devices,
        Optional<PreCallMeasurement> measurement,
        Optional<VideoFormat> recommended) {
    /** Copies the map. */
    public PreCallResult {
        checks = Map.copyOf(checks);
    }

    /** {@return whether a call works: the server was reached, and media arrived} */
    public boolean isCallPossible() {
        return check(PreCallStep.SERVER).passed() && check(PreCallStep.MEDIA).passed();
    }

    /**
     * Finds the result of a step.
     *
     * @param step any step
     * @return its result
     */
    public PreCallCheck check(PreCallStep step) {
        PreCallCheck check = checks.get(step);
        if (check == null) {
            throw new IllegalStateException("There is no result of " + step + ".");
        }
        return check;
    }
}
