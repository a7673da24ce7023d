package dev.videosession.protocol.rtp;

import dev.videosession.protocol.grammar.MalformedSdpException;
import dev.videosession.protocol.grammar.MalformedSdpException.Rule;
import dev.videosession.protocol.grammar.Tokens;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The layers of a section (RFC 8853).
 *
 * @param send layers that the writer sends: each a list of alternatives
 * @param receive layers that the writer receives
 */
public record Simulcast(List<List<Layer>> send, List<List<Layer>> receive) {
    /** Checks that there is a layer and that none has more than one role. */
    public Simulcast {
        send = copy(send);
        receive = copy(receive);
        Tokens.require(!send.isEmpty() || !receive.isEmpty(), Rule.SIMULCAST, "simulcast must name a layer");
    }

    private static List<List<Layer>> copy(List<List<Layer>> layers) {
        Set<String> seen = new HashSet<>();
        for (List<Layer> alternatives : layers) {
            Tokens.require(!alternatives.isEmpty(), Rule.SIMULCAST, "a simulcast layer is empty");
            for (Layer layer : alternatives) {
                Tokens.require(seen.add(layer.rid()), Rule.SIMULCAST, "a simulcast layer appears twice");
            }
        }
        Tokens.require(seen.size() <= RtpParameters.MAX_RIDS, Rule.SIMULCAST, "too many simulcast layers");
        return layers.stream().map(List::copyOf).toList();
    }

    /**
     * One alternative of a layer.
     *
     * @param rid its restriction identifier
     * @param paused whether it starts paused
     */
    public record Layer(String rid, boolean paused) {
        /** Checks the identifier. */
        public Layer {
            Tokens.rid(rid);
        }
    }

    /** Reads the value of a {@code simulcast} line, also in the older form {@code recv rid=1;2}. */
    static Simulcast parse(String value) {
        List<String> words = Tokens.words(value, 4, Rule.SIMULCAST);
        Tokens.require(
                words.size() == 2 || words.size() == 4,
                Rule.SIMULCAST,
                "simulcast must have one or two pairs of direction and layers");
        List<List<Layer>> send = List.of();
        List<List<Layer>> receive = List.of();
        for (int i = 0; i < words.size(); i += 2) {
            List<List<Layer>> layers = layers(words.get(i + 1));
            boolean sent = isSend(words.get(i));
            Tokens.require(
                    (sent ? send : receive).isEmpty(), Rule.SIMULCAST, "simulcast names the same direction twice");
            if (sent) {
                send = layers;
            } else {
                receive = layers;
            }
        }
        return new Simulcast(send, receive);
    }

    static boolean isSend(String direction) {
        return switch (direction) {
            case "send" -> true;
            case "recv" -> false;
            default -> throw MalformedSdpException.of(Rule.SIMULCAST, "a layer must be send or recv", direction);
        };
    }

    private static List<List<Layer>> layers(String text) {
        String list = text.startsWith("rid=") ? text.substring("rid=".length()) : text;
        List<List<Layer>> layers = new ArrayList<>();
        for (String alternatives : Tokens.parts(list, ';', RtpParameters.MAX_RIDS, Rule.SIMULCAST)) {
            List<Layer> layer = new ArrayList<>();
            for (String each : Tokens.parts(alternatives, ',', RtpParameters.MAX_RIDS, Rule.SIMULCAST)) {
                boolean paused = each.startsWith("~");
                layer.add(new Layer(paused ? each.substring(1) : each, paused));
            }
            layers.add(layer);
        }
        return layers;
    }

    /** {@return a copy in which exactly the received layers with these identifiers are paused} */
    Simulcast pauseReceived(Set<String> rids) {
        List<List<Layer>> paused = receive.stream()
                .map(alternatives -> alternatives.stream()
                        .map(layer -> new Layer(layer.rid(), rids.contains(layer.rid())))
                        .toList())
                .toList();
        return new Simulcast(send, paused);
    }

    void requireDeclared(List<RtpParameters.Rid> rids) {
        requireDeclared(send, true, rids);
        requireDeclared(receive, false, rids);
    }

    private static void requireDeclared(List<List<Layer>> layers, boolean sent, List<RtpParameters.Rid> rids) {
        for (List<Layer> alternatives : layers) {
            for (Layer layer : alternatives) {
                Tokens.require(
                        rids.contains(new RtpParameters.Rid(layer.rid(), sent)),
                        Rule.SIMULCAST,
                        "simulcast names a layer without a rid in the same direction");
            }
        }
    }

    public void render(StringBuilder out) {
        out.append("a=simulcast:");
        render(out, "send ", send);
        out.append(send.isEmpty() || receive.isEmpty() ? "" : " ");
        render(out, "recv ", receive);
        out.append("\r\n");
    }

    private static void render(StringBuilder out, String direction, List<List<Layer>> layers) {
        String between = direction;
        for (List<Layer> alternatives : layers) {
            out.append(between);
            between = ";";
            String separator = "";
            for (Layer layer : alternatives) {
                out.append(separator).append(layer.paused() ? "~" : "").append(layer.rid());
                separator = ",";
            }
        }
    }
}
