package dev.videosession.protocol.codec;

import dev.videosession.protocol.message.ClientMessage;
import dev.videosession.protocol.message.Heartbeat;
import dev.videosession.protocol.message.LinkMessage;
import dev.videosession.protocol.message.SequencedEvent;
import dev.videosession.protocol.message.ServerMessage;
import java.util.LinkedHashMap;
import java.util.Map;

/** The name of every message on the wire. */
final class MessageTypes {
    static final Map<String, Class<? extends ClientMessage>> CLIENT = client();
    static final Map<String, Class<? extends ServerMessage>> SERVER = server();

    private MessageTypes() {}

    private static Map<String, Class<? extends ClientMessage>> client() {
        Map<String, Class<? extends ClientMessage>> types = new LinkedHashMap<>();
        types.put("connect", ClientMessage.Connect.class);
        types.put("resume", ClientMessage.Resume.class);
        types.put("publish", ClientMessage.Publish.class);
        types.put("updateStream", ClientMessage.UpdateStream.class);
        types.put("unpublish", ClientMessage.Unpublish.class);
        types.put("subscribe", ClientMessage.Subscribe.class);
        types.put("updateSubscription", ClientMessage.UpdateSubscription.class);
        types.put("unsubscribe", ClientMessage.Unsubscribe.class);
        types.put("signal", ClientMessage.Signal.class);
        types.put("forceDisconnect", ClientMessage.ForceDisconnect.class);
        types.put("forceUnpublish", ClientMessage.ForceUnpublish.class);
        types.put("forceMute", ClientMessage.ForceMute.class);
        types.put("forceMuteAll", ClientMessage.ForceMuteAll.class);
        types.put("disableForceMute", ClientMessage.DisableForceMute.class);
        types.put("disconnect", ClientMessage.Disconnect.class);
        types.put("description", LinkMessage.Description.class);
        types.put("candidate", LinkMessage.Candidate.class);
        types.put("candidates", LinkMessage.Candidates.class);
        types.put("restart", LinkMessage.Restart.class);
        types.put("reception", LinkMessage.ReceptionReport.class);
        types.put("fallback", LinkMessage.Fallback.class);
        types.put("heartbeat", Heartbeat.class);
        return types;
    }

    private static Map<String, Class<? extends ServerMessage>> server() {
        Map<String, Class<? extends ServerMessage>> types = new LinkedHashMap<>();
        types.put("connected", ServerMessage.Connected.class);
        types.put("resumed", ServerMessage.Resumed.class);
        types.put("done", ServerMessage.Done.class);
        types.put("published", ServerMessage.Published.class);
        types.put("subscribed", ServerMessage.Subscribed.class);
        types.put("error", ServerMessage.Failed.class);
        types.put("connectionCreated", SequencedEvent.ConnectionCreated.class);
        types.put("connectionDestroyed", SequencedEvent.ConnectionDestroyed.class);
        types.put("connectionReconnecting", SequencedEvent.ConnectionReconnecting.class);
        types.put("connectionReconnected", SequencedEvent.ConnectionReconnected.class);
        types.put("streamCreated", SequencedEvent.StreamCreated.class);
        types.put("streamChanged", SequencedEvent.StreamChanged.class);
        types.put("streamDestroyed", SequencedEvent.StreamDestroyed.class);
        types.put("signal", SequencedEvent.Signal.class);
        types.put("muteForced", SequencedEvent.MuteForced.class);
        types.put("directSignal", ServerMessage.DirectSignal.class);
        types.put("linkOpened", ServerMessage.LinkOpened.class);
        types.put("linkUpdated", ServerMessage.LinkUpdated.class);
        types.put("linkClosed", ServerMessage.LinkClosed.class);
        types.put("description", LinkMessage.Description.class);
        types.put("candidate", LinkMessage.Candidate.class);
        types.put("candidates", LinkMessage.Candidates.class);
        types.put("restart", LinkMessage.Restart.class);
        types.put("fallback", LinkMessage.Fallback.class);
        types.put("probe", LinkMessage.Probe.class);
        types.put("nodes", ServerMessage.NodesChanged.class);
        types.put("iceServers", ServerMessage.IceServersRenewed.class);
        types.put("draining", ServerMessage.Draining.class);
        types.put("disconnected", ServerMessage.Disconnected.class);
        types.put("heartbeat", Heartbeat.class);
        return types;
    }
}
