package dev.videosession.server.internal.link;

/**
 * The parts of a session's links that do not depend on the path of the media.
 *
 * @param participants the ends of links: connections, and the router of a routed session
 * @param open the open links
 * @param ends tells the ends what to do
 * @param relay passes messages between the ends
 * @param readings of links from the log
 */
public record LinkParts(
        LinkParticipants participants, LinkRegistry open, LinkEnds ends, LinkRelay relay, LinkReadings readings) {
    /**
     * Creates the parts of a session without links.
     *
     * @param context of the session
     * @param participants the ends of links
     * @param listener learns which links open and close
     * @return the parts
     */
    public static LinkParts create(LinkContext context, LinkParticipants participants, LinkRegistry.Listener listener) {
        LinkRegistry open = new LinkRegistry(context, participants, listener);
        LinkEnds ends = new LinkEnds(participants, open.charges());
        return new LinkParts(participants, open, ends, new LinkRelay(participants, open, ends), new LinkReadings());
    }
}
