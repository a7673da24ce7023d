/**
 * A strict model of WebRTC session descriptions (JSEP, RFC 8829) and ICE candidates (RFC 8839). Text of a peer is parsed
 * into immutable values, and only text rendered from those values is passed on: to the other end by the server, to the
 * native library by the SDK. Whatever does not fit is refused with {@link dev.videosession.protocol.sdp.MalformedSdpException}.
 */
@NullMarked
package dev.videosession.protocol.sdp;

import org.jspecify.annotations.NullMarked;
