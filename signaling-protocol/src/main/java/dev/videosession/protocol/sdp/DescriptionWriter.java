package dev.videosession.protocol.sdp;

import dev.videosession.protocol.ice.IceCandidate;
import dev.videosession.protocol.rtp.MediaKind;
import dev.videosession.protocol.rtp.RtpParameters;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Renders a description. Every part was checked when the model was made. */
final class DescriptionWriter {
    private final StringBuilder out = new StringBuilder(4096);

    private DescriptionWriter() {}

    static String write(SessionDescription description) {
        DescriptionWriter writer = new DescriptionWriter();
        writer.session(description);
        description.sections().forEach(writer::section);
        return writer.out.toString();
    }

    private void session(SessionDescription description) {
        line("v=0");
        line("o=- " + Long.toUnsignedString(description.sessionId()) + " "
                + Long.toUnsignedString(description.sessionVersion()) + " IN IP4 127.0.0.1");
        line("s=-");
        line("t=0 0");
        list("a=group:BUNDLE", description.bundle());
        flag("extmap-allow-mixed", description.extmapAllowMixed());
        list("a=msid-semantic: WMS", description.mediaStreams());
        flag("ice-lite", description.iceLite());
    }

    private void section(MediaSection section) {
        out.append("m=").append(section.kind().text()).append(' ');
        out.append(section.status() == MediaSection.Status.ACTIVE ? 9 : 0);
        boolean isData = section.kind() == MediaKind.APPLICATION;
        if (isData) {
            out.append(" UDP/DTLS/SCTP webrtc-datachannel");
        } else {
            out.append(" UDP/TLS/RTP/SAVPF");
            section.rtp().codecs().forEach(codec -> out.append(' ').append(codec.payloadType()));
            out.append(section.rtp().codecs().isEmpty() ? " 0" : "");
        }
        line("");
        line("c=IN IP4 0.0.0.0");
        RtpParameters rtp = section.rtp();
        value("b=AS:", rtp.bandwidth().kilobits());
        value("b=TIAS:", rtp.bandwidth().bits());
        for (IceCandidate candidate : section.candidates()) {
            line("a=" + candidate.toSdp());
        }
        flag("end-of-candidates", section.endOfCandidates());
        if (section.transport() != null) {
            transport(section.transport());
        }
        value("a=mid:", section.mid());
        flag("bundle-only", section.status() == MediaSection.Status.BUNDLE_ONLY);
        if (isData) {
            data(section.data());
        } else {
            rtp.extensions().forEach(extension -> extension.render(out));
            line("a=" + section.direction().text());
            streams(section, rtp);
        }
    }

    private void transport(Transport transport) {
        value("a=ice-ufrag:", transport.usernameFragment());
        value("a=ice-pwd:", transport.password());
        if (!transport.iceOptions().isEmpty()) {
            line("a=ice-options:" + String.join(" ", transport.iceOptions()));
        }
        Transport.Fingerprint fingerprint = transport.fingerprint();
        line("a=fingerprint:" + fingerprint.hash().text() + " " + fingerprint.value());
        line("a=setup:" + transport.setup().text());
    }

    private void data(MediaSection.@Nullable DataParameters data) {
        if (data != null) {
            value("a=sctp-port:", data.sctpPort());
            value("a=max-message-size:", data.maxMessageSize());
        }
    }

    private void streams(MediaSection section, RtpParameters rtp) {
        rtp.msids().forEach(msid -> line("a=msid:" + msid.text()));
        if (!section.isRejected()) {
            line("a=rtcp-mux");
        }
        flag("rtcp-rsize", rtp.reducedSizeRtcp());
        rtp.codecs().forEach(codec -> codec.render(out));
        value("a=ptime:", rtp.ptime());
        value("a=maxptime:", rtp.maxptime());
        rtp.rids().forEach(rid -> line("a=rid:" + rid.id() + (rid.sent() ? " send" : " recv")));
        if (rtp.simulcast() != null) {
            rtp.simulcast().render(out);
        }
        rtp.ssrcGroups()
                .forEach(group -> line(
                        "a=ssrc-group:" + group.semantics().text() + " " + group.primary() + " " + group.secondary()));
        for (RtpParameters.Ssrc ssrc : rtp.ssrcs()) {
            line("a=ssrc:" + ssrc.id() + " cname:" + ssrc.cname());
            if (ssrc.msid() != null) {
                line("a=ssrc:" + ssrc.id() + " msid:" + ssrc.msid().text());
            }
        }
    }

    private void list(String start, @Nullable List<String> words) {
        if (words != null) {
            out.append(start);
            words.forEach(word -> out.append(' ').append(word));
            line("");
        }
    }

    private void flag(String name, boolean set) {
        if (set) {
            line("a=" + name);
        }
    }

    private void value(String start, @Nullable Object value) {
        if (value != null) {
            line(start + value);
        }
    }

    private void line(String text) {
        out.append(text).append("\r\n");
    }
}
