/**
 * What the proxy tells about itself to clients that ask as they would ask mcrouter: keys that begin
 * with {@code __mcrouter__.}, the {@code stats} command, and files of statistics.
 *
 * <p>Start reading at {@link io.fairlead.server.introspection.McrouterIntrospection}. Answers are
 * made on the event loop of the client, from counters that any thread may read and from what a
 * thread of this package notes every second; nothing here waits for another loop or reads a file
 * there.
 */
@NullMarked
package io.fairlead.server.introspection;

import org.jspecify.annotations.NullMarked;
