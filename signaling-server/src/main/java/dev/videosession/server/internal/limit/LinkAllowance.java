package dev.videosession.server.internal.limit;

import dev.videosession.server.settings.ServerLimits;

/**
 * What one connection may send for its media links without a charge to its own message and byte rates. The server grants it
 * with each link that it opens and with each message that the other end of a link makes the connection answer. Thread-safe:
 * sessions grant, sockets take.
 */
public final class LinkAllowance {
    /** Closed links whose budget a connection keeps for messages that were sent before the close. */
    private static final int CLOSING_LINKS = 16;

    private final ServerLimits limits;
    private int links;
    private double messages;
    private double bytes;
    private long lastNanos;

    /**
     * Makes an empty allowance.
     *
     * @param limits of the server
     * @param nowNanos the time, in nanoseconds of any origin
     */
    public LinkAllowance(ServerLimits limits, long nowNanos) {
        this.limits = limits;
        this.lastNanos = nowNanos;
    }

    /** Grants the budget of a new link. */
    public synchronized void linkOpened() {
        links++;
        add(limits.linkMessageBurst(), LinkBudget.BYTE_BURST);
    }

    /** Takes back what exceeds the budgets of the links that are left. */
    public synchronized void linkClosed() {
        links--;
        add(0, 0);
    }

    /**
     * Grants what an answer costs.
     *
     * @param newMessages messages
     * @param newBytes their bytes together
     */
    public synchronized void grant(int newMessages, int newBytes) {
        add(newMessages, newBytes);
    }

    private void add(double newMessages, double newBytes) {
        double share = links + CLOSING_LINKS;
        messages = Math.min(share * limits.linkMessageBurst(), messages + newMessages);
        bytes = Math.min(share * LinkBudget.BYTE_BURST, bytes + newBytes);
    }

    /**
     * Charges one message.
     *
     * @param length of the message, in bytes
     * @param nowNanos the time, of the same origin as in the constructor
     * @return false if nothing was charged because too little is left: the message counts as any other
     */
    public synchronized boolean take(int length, long nowNanos) {
        double seconds = Math.max(0, nowNanos - lastNanos) / 1e9;
        lastNanos = nowNanos;
        add(seconds * links * limits.linkMessagesPerSecond(), seconds * links * LinkBudget.BYTES_PER_SECOND);
        if (messages < 1 || bytes < length) {
            return false;
        }
        messages--;
        bytes -= length;
        return true;
    }
}
