/** Signatures and hashes of tokens. */
@NullMarked
package dev.videosession.server.internal.signature;

import org.jspecify.annotations.NullMarked;
