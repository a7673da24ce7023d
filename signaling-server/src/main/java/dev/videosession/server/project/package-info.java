/** Projects, their credentials and the ids of their sessions. */
@NullMarked
package dev.videosession.server.project;

import org.jspecify.annotations.NullMarked;
