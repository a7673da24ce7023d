/** What the tests of several modules share. */
@NullMarked
package dev.videosession.testsupport;

import org.jspecify.annotations.NullMarked;
