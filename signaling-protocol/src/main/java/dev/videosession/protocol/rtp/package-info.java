/**
 * What a media section says about RTP: codecs, header extensions, sources and simulcast layers, as immutable values and the readers
 * of their attributes.
 */
@NullMarked
package dev.videosession.protocol.rtp;

import org.jspecify.annotations.NullMarked;
