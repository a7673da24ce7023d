/** What a server keeps on disk. */
@NullMarked
package dev.videosession.server.data;

import org.jspecify.annotations.NullMarked;
