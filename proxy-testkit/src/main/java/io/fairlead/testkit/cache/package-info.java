/**
 * A memcached as a model: bytes of requests go in, bytes of replies come out, no socket in sight.
 *
 * <p>Start reading at {@link io.fairlead.testkit.cache.Session}, which cuts the stream of one
 * connection into commands, and {@link io.fairlead.testkit.cache.Cache}, the store that all
 * sessions share. The behaviour, down to the texts of errors, is that of memcached 1.6.18; the
 * recorded edge cases in the test resources say so line by line. Keys and lines are strings of one
 * byte per character. A session runs each command under the monitor of its cache, so that sessions
 * may live on different threads.
 */
@NullMarked
package io.fairlead.testkit.cache;

import org.jspecify.annotations.NullMarked;
