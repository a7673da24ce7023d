/**
 * The wire contract between client and server: messages, ids, codes and their JSON form. PROTOCOL.md at the root of the
 * project says the same for people who write a client in another language.
 */
@NullMarked
package dev.videosession.protocol;

import org.jspecify.annotations.NullMarked;
