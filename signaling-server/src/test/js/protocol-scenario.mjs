// Publishes, subscribes, loses its sockets, resumes and unpublishes, and shows that no peer connection is left over.
// Arguments: URL of the signaling socket, session id, token of a publisher, token of a subscriber.

import assert from "node:assert/strict";
import { RtpHeader, RtpPacket } from "werift";
import { Client, peerConnections } from "./protocol-client.mjs";

const ROUNDS = 3;
const [url, sessionId, publisherToken, subscriberToken] = process.argv.slice(2);
const publisher = new Client(url, sessionId, publisherToken);
const subscriber = new Client(url, sessionId, subscriberToken);

/** Sends VP8 packets over every link of the publisher that is connected. */
function startMedia() {
    let sequenceNumber = 0;
    return setInterval(() => {
        sequenceNumber = (sequenceNumber + 1) & 0xffff;
        for (const link of publisher.links.values()) {
            if (link.connected) {
                const header = new RtpHeader({ payloadType: 96, sequenceNumber, timestamp: sequenceNumber * 1800, marker: true });
                link.track.writeRtp(new RtpPacket(header, Buffer.from([0x10, 0, 0, 0, 0x9d, 0x01, 0x2a])));
            }
        }
    }, 20);
}

async function mediaFlows(what, link) {
    const before = link.packets;
    await subscriber.until(`media ${what}`, () => link.packets > before + 10);
}

function say(step) {
    console.log(JSON.stringify({ step, ...peerConnections }));
}

async function closedEverywhere(what) {
    await publisher.until(`${what}: publisher's end closes`, () => publisher.links.size === 0);
    await subscriber.until(`${what}: subscriber's end closes`, () => subscriber.links.size === 0);
    assert.equal(peerConnections.open, 0, `${what}: peer connections left over`);
    say(what);
}

const media = startMedia();
await publisher.connect();
await subscriber.connect();
for (let round = 1; round <= ROUNDS; round++) {
    const streamId = await publisher.publish(`round ${round}`);
    await subscriber.until("streamCreated", () => subscriber.streams.has(streamId));
    let link = await subscriber.subscribe(streamId);
    await mediaFlows("after subscribe", link);
    assert.equal(peerConnections.open, 2);
    say("subscribed");

    await subscriber.unsubscribe(link);
    await closedEverywhere("unsubscribed");

    link = await subscriber.subscribe(streamId);
    await mediaFlows("after subscribing again", link);
    for (const client of [publisher, subscriber]) {
        client.lose();
        const resumed = await client.resume();
        assert.deepEqual(resumed.links, [link.linkId]);
        await mediaFlows("after resume", link);
        assert.equal(peerConnections.open, 2, "a link that lives on is not made again");
    }
    say("resumed");

    await publisher.unpublish(streamId);
    await closedEverywhere("unpublished");
    await subscriber.until("streamDestroyed", () => !subscriber.streams.has(streamId));
}

// a stream that ends while its subscriber is away
const streamId = await publisher.publish("last");
await subscriber.until("streamCreated", () => subscriber.streams.has(streamId));
await mediaFlows("of the last stream", await subscriber.subscribe(streamId));
subscriber.lose();
await publisher.unpublish(streamId);
assert.deepEqual((await subscriber.resume()).links, []);
await subscriber.until("missed event", () => !subscriber.streams.has(streamId));
await closedEverywhere("unpublished while away");

for (const client of [subscriber, publisher]) {
    await client.disconnect();
    assert.equal(client.closeCode, 1000);
    assert.deepEqual(client.ends.map(({ reason, detail }) => [reason, detail]), [["clientDisconnected", "left"]]);
}
clearInterval(media);
assert.equal(peerConnections.open, 0);
assert.equal(peerConnections.made, 2 * (2 * ROUNDS + 1));
say("done");
process.exit(0);
