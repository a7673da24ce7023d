/** The certificate of a server: reading, checking and replacing it. */
@NullMarked
package dev.videosession.server.internal.tls;

import org.jspecify.annotations.NullMarked;
