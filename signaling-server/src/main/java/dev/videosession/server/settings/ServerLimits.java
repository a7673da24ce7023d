package dev.videosession.server.settings;

import dev.videosession.protocol.text.Text;

/**
 * Limits of a server. {@link #builder()} has a default for each. The burst of a rate is the number that is accepted at once after a pause.
 *
 * @param connectionsPerSession connections in one session, 3000
 * @param connectionsPerToken connections in one session that share a token, 200
 * @param connectionsPerProject connections of one project, 20000
 * @param rosterBytesPerConnection bytes that one connection and its streams add to the roster, 16 KiB
 * @param rosterBytesPerSession bytes of a session's roster, 4 MiB; the connections that share a token add half of it at most
 * @param memoryPercent share of the largest heap that may be held for clients that have not read it, and for histories, 25
 * @param streamsPerConnection streams that one connection publishes at a time, 10
 * @param subscriptionsPerConnection links that one connection opens to streams, 1000
 * @param linksPerStream subscribers of one stream in a relayed session, whose publisher encodes for each of them, 20
 * @param routerPercentPerToken the part of what the media routers carry that the links of one token may use, 25
 * @param routerPercentPerProject the part of it that the links of one project may use, 80
 * @param linkMessagesPerSecond messages of each end of a media link, 5
 * @param linkMessageBurst 400
 * @param sockets open sockets of all kinds, 20000
 * @param unauthenticatedSockets of these, sockets that are not (yet) a client with a valid token or resume key, 2000
 * @param unauthenticatedSocketsPerAddress of these, sockets from one address (IPv6: one /64 network), 200
 * @param connectionsPerAddress clients that connect from one address (IPv6: one /64 network), 5000; a resume is always
 *     possible
 * @param resumeReservePercent the share of {@code sockets} and of the entry rate that only resumes with a valid key
 *     may use, 20
 * @param messagesPerSecond messages of one connection, 100
 * @param messageBurst 1000
 * @param signalsPerSecond signals of one connection, 50
 * @param signalBurst 200
 * @param bytesPerSecond bytes of one connection's messages, 256 KiB
 * @param byteBurst 4 MiB
 * @param outboxMessages messages that wait for one client to read them, 4096
 * @param outboxBytes bytes that wait for one client to read them, 8 MiB
 * @param entriesPerSecond connects and resumes of all clients together, 1000
 * @param entryBurst 2000
 * @param historyEvents events of a session that a returning client can catch up on, 10000
 */
public record ServerLimits(
        int connectionsPerSession,
        int connectionsPerToken,
        int connectionsPerProject,
        int rosterBytesPerConnection,
        int rosterBytesPerSession,
        int memoryPercent,
        int streamsPerConnection,
        int subscriptionsPerConnection,
        int linksPerStream,
        int routerPercentPerToken,
        int routerPercentPerProject,
        int linkMessagesPerSecond,
        int linkMessageBurst,
        int sockets,
        int unauthenticatedSockets,
        int unauthenticatedSocketsPerAddress,
        int connectionsPerAddress,
        int resumeReservePercent,
        int messagesPerSecond,
        int messageBurst,
        int signalsPerSecond,
        int signalBurst,
        int bytesPerSecond,
        int byteBurst,
        int outboxMessages,
        int outboxBytes,
        int entriesPerSecond,
        int entryBurst,
        int historyEvents) {

    private static final int MAX_RESERVE = 90;
    private static final int MAX_MEMORY = 90;
    private static final int ALL = 100;

    public ServerLimits {
        Text.requireAtLeast("connectionsPerSession", connectionsPerSession, 1);
        Text.requireAtLeast("connectionsPerToken", connectionsPerToken, 1);
        Text.requireAtLeast("connectionsPerProject", connectionsPerProject, 1);
        Text.requireAtLeast("rosterBytesPerConnection", rosterBytesPerConnection, 8 * 1024);
        Text.requireAtLeast("rosterBytesPerSession", rosterBytesPerSession, 64 * 1024);
        Text.requireRange("memoryPercent", memoryPercent, 1, MAX_MEMORY);
        Text.requireAtLeast("streamsPerConnection", streamsPerConnection, 1);
        Text.requireAtLeast("subscriptionsPerConnection", subscriptionsPerConnection, 1);
        Text.requireAtLeast("linksPerStream", linksPerStream, 1);
        Text.requireRange("routerPercentPerToken", routerPercentPerToken, 1, ALL);
        Text.requireRange("routerPercentPerProject", routerPercentPerProject, 1, ALL);
        Text.requireAtLeast("linkMessagesPerSecond", linkMessagesPerSecond, 1);
        Text.requireAtLeast("linkMessageBurst", linkMessageBurst, 100);
        Text.requireAtLeast("sockets", sockets, 1);
        Text.requireAtLeast("unauthenticatedSockets", unauthenticatedSockets, 1);
        Text.requireAtLeast("unauthenticatedSocketsPerAddress", unauthenticatedSocketsPerAddress, 1);
        Text.requireAtLeast("connectionsPerAddress", connectionsPerAddress, 1);
        Text.requireRange("resumeReservePercent", resumeReservePercent, 0, MAX_RESERVE);
        Text.requireAtLeast("messagesPerSecond", messagesPerSecond, 1);
        Text.requireAtLeast("messageBurst", messageBurst, 1);
        Text.requireAtLeast("signalsPerSecond", signalsPerSecond, 1);
        Text.requireAtLeast("signalBurst", signalBurst, 1);
        Text.requireAtLeast("bytesPerSecond", bytesPerSecond, 1024);
        Text.requireAtLeast("byteBurst", byteBurst, 64 * 1024);
        Text.requireAtLeast("outboxMessages", outboxMessages, 16);
        Text.requireAtLeast("outboxBytes", outboxBytes, 64 * 1024);
        Text.requireAtLeast("entriesPerSecond", entriesPerSecond, 1);
        Text.requireAtLeast("entryBurst", entryBurst, 1);
        Text.requireAtLeast("historyEvents", historyEvents, 1);
    }

    /**
     * Starts with the defaults.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /** Builds {@link ServerLimits}. */
    public static final class Builder {
        private int connectionsPerSession = 3000;
        private int connectionsPerToken = 200;
        private int connectionsPerProject = 20_000;
        private int rosterBytesPerConnection = 16 * 1024;
        private int rosterBytesPerSession = 4 * 1024 * 1024;
        private int memoryPercent = 25;
        private int streamsPerConnection = 10;
        private int subscriptionsPerConnection = 1000;
        private int linksPerStream = 20;
        private int routerPercentPerToken = 25;
        private int routerPercentPerProject = 80;
        private int linkMessagesPerSecond = 5;
        private int linkMessageBurst = 400;
        private int sockets = 20_000;
        private int unauthenticatedSockets = 2000;
        private int unauthenticatedSocketsPerAddress = 200;
        private int connectionsPerAddress = 5000;
        private int resumeReservePercent = 20;
        private int messagesPerSecond = 100;
        private int messageBurst = 1000;
        private int signalsPerSecond = 50;
        private int signalBurst = 200;
        private int bytesPerSecond = 256 * 1024;
        private int byteBurst = 4 * 1024 * 1024;
        private int outboxMessages = 4096;
        private int outboxBytes = 8 * 1024 * 1024;
        private int entriesPerSecond = 1000;
        private int entryBurst = 2000;
        private int historyEvents = 10_000;

        private Builder() {}

        /**
         * Sets how many connections a session holds.
         *
         * @param count at least 1
         * @return this
         */
        public Builder connectionsPerSession(int count) {
            this.connectionsPerSession = count;
            return this;
        }

        /**
         * Sets how many connections in one session share a token.
         *
         * @param count at least 1; more than the default if an application gives one token to all viewers of a large session
         * @return this
         */
        public Builder connectionsPerToken(int count) {
            this.connectionsPerToken = count;
            return this;
        }

        /**
         * Sets how many connections a project has.
         *
         * @param count at least 1
         * @return this
         */
        public Builder connectionsPerProject(int count) {
            this.connectionsPerProject = count;
            return this;
        }

        /**
         * Sets how much a roster holds, counted as it is encoded.
         *
         * @param perConnection bytes of one connection's data and the names of its streams, at least 8192
         * @param perSession bytes of all, at least 65536
         * @return this
         */
        public Builder rosterBytes(int perConnection, int perSession) {
            this.rosterBytesPerConnection = perConnection;
            this.rosterBytesPerSession = perSession;
            return this;
        }

        /**
         * Sets how much memory may be held for clients: queues of sockets and of lost connections, and histories of sessions. If it is
         * exceeded, the largest consumer is released first.
         *
         * @param percent of the largest heap, 1 to 90
         * @return this
         */
        public Builder memoryPercent(int percent) {
            this.memoryPercent = percent;
            return this;
        }

        /**
         * Sets how many streams a connection publishes at a time.
         *
         * @param count at least 1
         * @return this
         */
        public Builder streamsPerConnection(int count) {
            this.streamsPerConnection = count;
            return this;
        }

        /**
         * Sets how many links a connection opens.
         *
         * @param count at least 1
         * @return this
         */
        public Builder subscriptionsPerConnection(int count) {
            this.subscriptionsPerConnection = count;
            return this;
        }

        /**
         * Sets how many subscribers a stream has in a relayed session, where its publisher encodes and sends for each of
         * them.
         *
         * @param count at least 1
         * @return this
         */
        public Builder linksPerStream(int count) {
            this.linksPerStream = count;
            return this;
        }

        /**
         * Sets the largest share of the available media routers' capacity that may be used, in percent of publications and subscriptions.
         *
         * @param perToken by the clients with one token, 1 to 100
         * @param perProject by the clients of one project, 1 to 100; 100 for a server with one project
         * @return this
         */
        public Builder routerPercent(int perToken, int perProject) {
            this.routerPercentPerToken = perToken;
            this.routerPercentPerProject = perProject;
            return this;
        }

        /**
         * Sets what each end of a media link may send over it: a candidate counts as one message, a description as ten. An end
         * that sends more loses the link.
         *
         * @param perSecond on the average
         * @param burst at once, at least 100
         * @return this
         */
        public Builder linkRate(int perSecond, int burst) {
            this.linkMessagesPerSecond = perSecond;
            this.linkMessageBurst = burst;
            return this;
        }

        /**
         * Sets how many sockets are open.
         *
         * @param count at least 1
         * @return this
         */
        public Builder sockets(int count) {
            this.sockets = count;
            return this;
        }

        /**
         * Sets how many sockets are open without a valid token.
         *
         * @param count at least 1
         * @return this
         */
        public Builder unauthenticatedSockets(int count) {
            this.unauthenticatedSockets = count;
            return this;
        }

        /**
         * Sets how many sockets without a valid token are open from one address (IPv6: one /64 network).
         *
         * @param count at least 1
         * @return this
         */
        public Builder unauthenticatedSocketsPerAddress(int count) {
            this.unauthenticatedSocketsPerAddress = count;
            return this;
        }

        /**
         * Sets how many clients connect from one address (IPv6: one /64 network).
         *
         * @param count at least 1
         * @return this
         */
        public Builder connectionsPerAddress(int count) {
            this.connectionsPerAddress = count;
            return this;
        }

        /**
         * Sets the share of {@code sockets} and of the entry rate that only resumes with a valid key may use.
         *
         * @param percent 0 to 90
         * @return this
         */
        public Builder resumeReservePercent(int percent) {
            this.resumeReservePercent = percent;
            return this;
        }

        /**
         * Sets how many events of a session are kept.
         *
         * @param count at least 1
         * @return this
         */
        public Builder historyEvents(int count) {
            this.historyEvents = count;
            return this;
        }

        /**
         * Sets the rate of messages of one connection.
         *
         * @param perSecond on the average
         * @param burst at once
         * @return this
         */
        public Builder messageRate(int perSecond, int burst) {
            this.messagesPerSecond = perSecond;
            this.messageBurst = burst;
            return this;
        }

        /**
         * Sets the rate of signals of one connection.
         *
         * @param perSecond on the average
         * @param burst at once
         * @return this
         */
        public Builder signalRate(int perSecond, int burst) {
            this.signalsPerSecond = perSecond;
            this.signalBurst = burst;
            return this;
        }

        /**
         * Sets the rate of bytes of one connection.
         *
         * @param perSecond on the average
         * @param burst at once
         * @return this
         */
        public Builder byteRate(int perSecond, int burst) {
            this.bytesPerSecond = perSecond;
            this.byteBurst = burst;
            return this;
        }

        /**
         * Sets the rate of connects and resumes of all clients together. Clients beyond the rate are asked to try again later.
         *
         * @param perSecond on the average
         * @param burst at once
         * @return this
         */
        public Builder entryRate(int perSecond, int burst) {
            this.entriesPerSecond = perSecond;
            this.entryBurst = burst;
            return this;
        }

        /**
         * Sets how much may wait for one client to read it. Broadcasts that are written together count as one message.
         *
         * @param messages at least 16
         * @param bytes at least 65536
         * @return this
         */
        public Builder outbox(int messages, int bytes) {
            this.outboxMessages = messages;
            this.outboxBytes = bytes;
            return this;
        }

        /**
         * Builds the limits.
         *
         * @return the limits
         * @throws IllegalArgumentException if one is out of range; the message names it
         */
        public ServerLimits build() {
            return new ServerLimits(
                    connectionsPerSession,
                    connectionsPerToken,
                    connectionsPerProject,
                    rosterBytesPerConnection,
                    rosterBytesPerSession,
                    memoryPercent,
                    streamsPerConnection,
                    subscriptionsPerConnection,
                    linksPerStream,
                    routerPercentPerToken,
                    routerPercentPerProject,
                    linkMessagesPerSecond,
                    linkMessageBurst,
                    sockets,
                    unauthenticatedSockets,
                    unauthenticatedSocketsPerAddress,
                    connectionsPerAddress,
                    resumeReservePercent,
                    messagesPerSecond,
                    messageBurst,
                    signalsPerSecond,
                    signalBurst,
                    bytesPerSecond,
                    byteBurst,
                    outboxMessages,
                    outboxBytes,
                    entriesPerSecond,
                    entryBurst,
                    historyEvents);
        }
    }
}
