/** What a server keeps on disk. */
@NullMarked
package dev.videosession.server.internal.data;

import org.jspecify.annotations.NullMarked;
