/**
 * The JSON form of the messages: {@link MessageCodec} writes and reads them. {@link EncodedRoster} keeps a large roster in its
 * encoded form, and {@link RosterSize} tells in advance how long it becomes.
 */
@NullMarked
package dev.videosession.protocol.codec;

import org.jspecify.annotations.NullMarked;
