/** Reading the files that an operator gives to a server. */
@NullMarked
package dev.videosession.server.file;

import org.jspecify.annotations.NullMarked;
