package dev.videosession.session.internal.score;

/**
 * How many packets of a path were lost in some time.
 *
 * @param packets all packets that were sent in it
 * @param lost those that did not arrive
 */
record PacketLoss(long packets, long lost) {
    /** Nothing was measured. */
    static final PacketLoss UNKNOWN = new PacketLoss(0, 0);

    /** {@return the lost share, 0 to 1} */
    double share() {
        return packets <= 0 ? 0 : Math.min(1, (double) lost / packets);
    }
}
