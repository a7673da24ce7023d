/**
 * What the grammars of session descriptions and candidates share: the {@link Tokens} that lines consist of, and the
 * {@link MalformedSdpException} that refuses a text.
 */
@NullMarked
package dev.videosession.protocol.grammar;

import org.jspecify.annotations.NullMarked;
