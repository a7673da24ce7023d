/**
 * A strict model of WebRTC session descriptions (JSEP, RFC 8829). Text of a peer is parsed into immutable values, and only text
 * rendered from those values is passed on: to the other end by the server, to the native library by the SDK. All other text is
 * refused with {@link dev.videosession.protocol.grammar.MalformedSdpException}.
 */
@NullMarked
package dev.videosession.protocol.sdp;

import org.jspecify.annotations.NullMarked;
