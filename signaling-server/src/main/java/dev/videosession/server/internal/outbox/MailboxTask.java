package dev.videosession.server.internal.outbox;

/** One step of a {@link Mailbox}. */
interface MailboxTask {
    /** Takes the step, on the mailbox's event loop. */
    void deliver(Mailbox mailbox);

    /** Called instead if the event loop has ended. */
    void discard();
}
