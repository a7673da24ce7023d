/**
 * Identifiers, roles, reasons, codes and limits of the wire contract: the values that applications name. The messages are in
 * {@link dev.videosession.protocol.message}, their JSON form in {@link dev.videosession.protocol.codec}. PROTOCOL.md at the root
 * of the project describes the contract for clients in other languages.
 */
@NullMarked
package dev.videosession.protocol;

import org.jspecify.annotations.NullMarked;
