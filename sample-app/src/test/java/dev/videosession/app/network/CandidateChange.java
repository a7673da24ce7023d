package dev.videosession.app.network;

import dev.videosession.protocol.codec.MessageCodec;
import dev.videosession.protocol.codec.MessageException;
import dev.videosession.protocol.message.LinkMessage;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Changes the addresses that two clients tell each other of, in messages of their own and in session descriptions.
 * Addresses for which there is no other one, and those for TCP, are left out, so that no media passes elsewhere.
 */
final class CandidateChange implements Function<String, String> {
    private static final MessageCodec CODEC = new MessageCodec();
    private static final String LINE = "a=candidate:";

    private final Function<InetSocketAddress, Optional<InetSocketAddress>> alias;

    CandidateChange(Function<InetSocketAddress, Optional<InetSocketAddress>> alias) {
        this.alias = alias;
    }

    @Override
    public String apply(String json) {
        if (!json.contains("\"candidate\"") && !json.contains("\"description\"")) {
            return json;
        }
        try {
            if (!(CODEC.decodeClient(json) instanceof LinkMessage message)) {
                return json;
            }
            if (message instanceof LinkMessage.Candidate candidate) {
                return candidate(json, candidate);
            }
            if (message instanceof LinkMessage.Candidates batch) {
                return candidates(batch);
            }
            if (message instanceof LinkMessage.Description description) {
                return CODEC.encodeClient(new LinkMessage.Description(
                        description.linkId(),
                        description.negotiation(),
                        description.kind(),
                        sessionDescription(description.sdp())));
            }
            return json;
        } catch (MessageException e) {
            return json; // a signal that talks of candidates
        }
    }

    private String candidate(String json, LinkMessage.Candidate message) {
        if (message.candidate().isEmpty()) {
            return json;
        }
        return changed(message.candidate())
                .map(text -> CODEC.encodeClient(new LinkMessage.Candidate(
                        message.linkId(), message.negotiation(), text, message.sdpMid(), message.sdpMLineIndex())))
                .orElse(null);
    }

    /** Null if nothing of the batch is left. */
    private String candidates(LinkMessage.Candidates batch) {
        List<LinkMessage.Candidates.Entry> entries = new ArrayList<>();
        for (LinkMessage.Candidates.Entry entry : batch.candidates()) {
            if (entry.candidate().isEmpty()) {
                entries.add(entry);
            } else {
                changed(entry.candidate())
                        .ifPresent(text -> entries.add(
                                new LinkMessage.Candidates.Entry(text, entry.sdpMid(), entry.sdpMLineIndex())));
            }
        }
        return entries.isEmpty()
                ? null
                : CODEC.encodeClient(new LinkMessage.Candidates(batch.linkId(), batch.negotiation(), entries));
    }

    private String sessionDescription(String sdp) {
        List<String> lines = new ArrayList<>();
        for (String line : sdp.strip().split("\r\n", -1)) {
            if (line.startsWith(LINE)) {
                changed(line.substring(2)).ifPresent(text -> lines.add("a=" + text));
            } else {
                lines.add(line);
            }
        }
        return String.join("\r\n", lines) + "\r\n";
    }

    /** {@code candidate:1 1 udp 2122260223 192.0.2.7 50000 typ host ...}. */
    private Optional<String> changed(String candidate) {
        String[] words = candidate.split(" ", -1);
        if (words.length < 8 || !words[2].equalsIgnoreCase("udp") || !words[7].equals("host")) {
            return Optional.empty();
        }
        return alias.apply(new InetSocketAddress(words[4], Integer.parseInt(words[5])))
                .map(address -> {
                    words[4] = plain(address);
                    words[5] = String.valueOf(address.getPort());
                    return String.join(" ", words);
                });
    }

    private static String plain(InetSocketAddress address) {
        String text = address.getAddress().getHostAddress();
        int zone = text.indexOf('%');
        return zone < 0 ? text : text.substring(0, zone);
    }
}
