/** Addresses of clients, as limits and logs see them. */
@NullMarked
package dev.videosession.server.internal.address;

import org.jspecify.annotations.NullMarked;
