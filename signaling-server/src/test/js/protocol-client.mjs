// A client of the signaling protocol, written from PROTOCOL.md alone: it shares no code with the Java SDK.

import { MediaStreamTrack, RTCIceCandidate, RTCPeerConnection } from "werift";
import WebSocket from "ws";

const MEDIA = { audio: false, video: true };

/** Counts every peer connection that was made and not closed. */
export const peerConnections = { open: 0, made: 0 };

/** One end of a link: a peer connection and what is queued for it (section 9). */
class Link {
    constructor(client, linkId, publishes) {
        this.client = client;
        this.linkId = linkId;
        this.publishes = publishes;
        this.negotiation = 0;
        this.remoteNegotiation = 0;
        this.queued = [];
        this.packets = 0;
        this.pc = new RTCPeerConnection({
            iceServers: [],
            iceUseIpv6: false,
            iceAdditionalHostAddresses: ["127.0.0.1"],
            bundlePolicy: "max-bundle",
        });
        peerConnections.open++;
        peerConnections.made++;
        this.pc.onIceCandidate.subscribe((candidate) => this.sendCandidate(candidate));
        this.pc.onTrack.subscribe((track) => track.onReceiveRtp.subscribe(() => this.packets++));
        if (publishes) {
            this.track = new MediaStreamTrack({ kind: "video" });
            this.pc.addTransceiver(this.track, { direction: "sendonly" });
        }
    }

    sendCandidate(candidate) {
        this.client.send({
            type: "candidate",
            linkId: this.linkId,
            negotiation: Math.max(1, this.publishes ? this.negotiation : this.remoteNegotiation),
            candidate: candidate?.candidate ?? "",
            sdpMid: candidate?.sdpMid ?? "0",
            sdpMLineIndex: candidate?.sdpMLineIndex ?? 0,
        });
    }

    async offer() {
        this.negotiation++;
        await this.describe("offer", this.negotiation, await this.pc.createOffer());
    }

    async describe(kind, negotiation, description) {
        // werift asks a public STUN server unless it is told not to
        this.pc.iceTransports.forEach((transport) => (transport.connection.stunServer = undefined));
        // candidates come as messages of their own, after the description
        const gathering = this.pc.setLocalDescription(description);
        this.client.send({ type: "description", linkId: this.linkId, negotiation, kind, sdp: description.sdp });
        await gathering;
    }

    async described(message) {
        if (message.kind === "offer") {
            if (message.negotiation <= this.remoteNegotiation) {
                return;
            }
            this.remoteNegotiation = message.negotiation;
            await this.pc.setRemoteDescription({ type: "offer", sdp: message.sdp });
            await this.describe("answer", message.negotiation, await this.pc.createAnswer());
        } else {
            if (message.negotiation !== this.negotiation || this.remoteNegotiation === this.negotiation) {
                return;
            }
            this.remoteNegotiation = message.negotiation;
            await this.pc.setRemoteDescription({ type: "answer", sdp: message.sdp });
        }
        const queued = this.queued;
        this.queued = [];
        for (const candidate of queued) {
            await this.candidate(candidate);
        }
    }

    async candidate(message) {
        if (message.negotiation > this.remoteNegotiation) {
            this.queued.push(message);
        } else if (message.negotiation === this.remoteNegotiation && message.candidate !== "") {
            await this.pc.addIceCandidate(
                new RTCIceCandidate({
                    candidate: message.candidate,
                    sdpMid: message.sdpMid,
                    sdpMLineIndex: message.sdpMLineIndex,
                }),
            );
        }
    }

    get connected() {
        return this.pc.connectionState === "connected";
    }

    async close() {
        if (!this.closed) {
            this.closed = true;
            peerConnections.open--;
            await this.pc.close();
        }
    }
}

export class Client {
    constructor(url, sessionId, token) {
        this.url = url;
        this.sessionId = sessionId;
        this.token = token;
        this.nextId = 1;
        this.pending = new Map();
        this.links = new Map();
        this.streams = new Map();
        this.ends = [];
        this.watchers = new Set();
    }

    /** Opens a socket and sends the first request. */
    open(first) {
        return new Promise((resolve, reject) => {
            const socket = new WebSocket(this.url);
            this.socket = socket;
            socket.on("open", () => this.send(first));
            socket.on("error", reject);
            socket.on("message", (text) => {
                if (socket === this.socket) {
                    this.receive(JSON.parse(text)).catch((e) => this.fail(e));
                }
            });
            socket.on("close", (code) => {
                if (socket === this.socket) {
                    this.closeCode = code;
                    clearInterval(this.heart);
                    this.changed();
                }
            });
            this.pending.set(first.id, { resolve, reject, request: first });
        });
    }

    async connect() {
        const id = this.nextId++;
        const connected = await this.open({
            type: "connect",
            id,
            protocol: 1,
            sessionId: this.sessionId,
            token: this.token,
            client: "protocol-client/1.0",
        });
        this.connectionId = connected.connection.connectionId;
        this.timings = connected.timings;
        this.established(connected);
        this.restore(connected.roster);
    }

    /** Breaks the socket without a goodbye. */
    lose() {
        const socket = this.socket;
        this.socket = undefined;
        clearInterval(this.heart);
        socket.terminate();
    }

    async resume() {
        await new Promise((resolve) => setTimeout(resolve, Math.random() * 200));
        const unanswered = [...this.pending.values()].map((entry) => entry.request);
        const resumed = await this.open({
            type: "resume",
            id: this.nextId++,
            protocol: 1,
            sessionId: this.sessionId,
            connectionId: this.connectionId,
            resumeKey: this.resumeKey,
            sequence: this.sequence,
        });
        this.established(resumed);
        if (resumed.roster) {
            this.restore(resumed.roster);
        }
        for (const [linkId, link] of this.links) {
            if (!resumed.links.includes(linkId)) {
                await this.forget(link);
            }
        }
        unanswered.forEach((request) => this.send(request));
        return resumed;
    }

    established(reply) {
        this.resumeKey = reply.resumeKey;
        const silence = this.timings.silenceMillis;
        this.heard = Date.now();
        this.heart = setInterval(() => {
            if (Date.now() - this.sent >= this.timings.heartbeatMillis * 0.9) {
                this.send({ type: "heartbeat" });
            }
            if (Date.now() - this.heard > silence) {
                this.fail(new Error("the server is silent"));
            }
        }, this.timings.heartbeatMillis / 10);
    }

    restore(roster) {
        this.sequence = roster.sequence;
        this.streams = new Map(roster.streams.map((stream) => [stream.streamId, stream]));
    }

    request(message) {
        const request = { ...message, id: this.nextId++ };
        return new Promise((resolve, reject) => {
            this.pending.set(request.id, { resolve, reject, request });
            this.send(request);
        });
    }

    send(message) {
        this.sent = Date.now();
        if (this.socket?.readyState === WebSocket.OPEN) {
            this.socket.send(JSON.stringify(message));
        }
    }

    fail(error) {
        this.error = error;
        this.changed();
    }

    changed() {
        this.watchers.forEach((check) => check());
    }

    /** Resolves when the condition holds. */
    until(what, condition, millis = 20000) {
        return new Promise((resolve, reject) => {
            const check = () => {
                if (this.error) {
                    done(reject, this.error);
                } else if (condition()) {
                    done(resolve);
                }
            };
            const done = (how, value) => {
                clearTimeout(timeout);
                clearInterval(poll);
                this.watchers.delete(check);
                how(value);
            };
            const timeout = setTimeout(() => done(reject, new Error(`not in time: ${what}`)), millis);
            const poll = setInterval(check, 50);
            this.watchers.add(check);
            check();
        });
    }

    async receive(message) {
        this.heard = Date.now();
        if (message.sequence !== undefined && message.type !== "resumed") {
            this.sequence = message.sequence;
        }
        if (["done", "published", "subscribed", "connected", "resumed"].includes(message.type)) {
            this.settle(message.id)?.resolve(message);
        } else if (message.type === "error") {
            const error = new Error(`${message.code} ${message.name}: ${message.message}`);
            if (message.id !== undefined) {
                this.settle(message.id)?.reject(error);
            } else if (message.name !== "OT_NOT_FOUND") {
                this.fail(error);
            }
        } else if (message.type === "streamCreated") {
            this.streams.set(message.stream.streamId, message.stream);
        } else if (message.type === "streamDestroyed") {
            this.streams.delete(message.streamId);
        } else if (message.type === "linkOpened") {
            await this.linkOpened(message);
        } else if (message.type === "linkClosed") {
            await this.forget(this.links.get(message.linkId));
        } else if (message.type === "description") {
            await this.linkOf(message)?.described(message);
        } else if (message.type === "candidate") {
            await this.linkOf(message)?.candidate(message);
        } else if (message.type === "restart") {
            await this.linkOf(message)?.offer();
        } else if (message.type === "disconnected") {
            this.ends.push(message);
        }
        this.changed();
    }

    settle(id) {
        const entry = this.pending.get(id);
        this.pending.delete(id);
        return entry;
    }

    /** A description may come before the reply to subscribe: the link begins with whichever is first. */
    linkOf(message) {
        if (!this.links.has(message.linkId) && message.kind === "offer") {
            this.links.set(message.linkId, new Link(this, message.linkId, false));
        }
        return this.links.get(message.linkId);
    }

    async linkOpened(message) {
        if (!this.links.has(message.linkId)) {
            const link = new Link(this, message.linkId, true);
            this.links.set(message.linkId, link);
            await link.offer();
        }
    }

    async forget(link) {
        if (link) {
            this.links.delete(link.linkId);
            await link.close();
        }
    }

    async publish(name) {
        const published = await this.request({
            type: "publish",
            name,
            hasAudio: false,
            hasVideo: true,
            videoType: "camera",
            dimensions: { width: 640, height: 360 },
        });
        return published.stream.streamId;
    }

    /** Returns the link once it exists at this end. */
    async subscribe(streamId) {
        const { linkId } = await this.request({ type: "subscribe", streamId, subscription: MEDIA });
        await this.until("offer", () => this.links.has(linkId));
        return this.links.get(linkId);
    }

    async unsubscribe(link) {
        await this.request({ type: "unsubscribe", linkId: link.linkId });
        await this.forget(link);
    }

    unpublish(streamId) {
        return this.request({ type: "unpublish", streamId });
    }

    async disconnect() {
        this.send({ type: "disconnect" });
        await this.until("close", () => this.closeCode !== undefined);
        for (const link of [...this.links.values()]) {
            await this.forget(link);
        }
    }
}
