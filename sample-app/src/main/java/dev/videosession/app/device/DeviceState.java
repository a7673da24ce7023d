package dev.videosession.app.device;

/**
 * Whether a device is wanted and whether it is open. A device takes up to a second to open, and the user may ask for something else
 * meanwhile: only the outcome of the newest request counts. For the Swing thread.
 */
final class DeviceState {
    private int newest;
    private boolean wanted;
    private boolean open;

    boolean isWanted() {
        return wanted;
    }

    boolean isOpen() {
        return open;
    }

    /** {@return the number of a new request to open the device, for {@link #complete}} */
    int request() {
        wanted = true;
        return ++newest;
    }

    /** The device is to be closed. Outcomes of all earlier requests are ignored. */
    void turnOff() {
        newest++;
        wanted = false;
        open = false;
    }

    /**
     * Takes the outcome of a request.
     *
     * @return whether it is that of the newest request; if not, nothing has changed
     */
    boolean complete(int request, boolean opened) {
        if (request != newest) {
            return false;
        }
        wanted = opened;
        open = opened;
        return true;
    }
}
