/**
 * ICE candidates (RFC 8839) and the addresses in them. {@link IceCandidate} is a parsed candidate, {@link TrickledCandidate} what
 * one message carries, and {@link CandidateAddress} tells by its {@link AddressScope} whether a client may send to it.
 */
@NullMarked
package dev.videosession.protocol.ice;

import org.jspecify.annotations.NullMarked;
