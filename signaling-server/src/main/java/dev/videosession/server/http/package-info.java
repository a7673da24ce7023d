/** HTTP on the server's port: a route table. */
@NullMarked
package dev.videosession.server.http;

import org.jspecify.annotations.NullMarked;
