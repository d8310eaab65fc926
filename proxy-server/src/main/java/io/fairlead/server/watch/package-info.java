/**
 * Notices that configuration files have changed.
 *
 * <p>Start reading at {@link io.fairlead.server.watch.FileWatch}. Who reads a configuration opens
 * its files by {@link io.fairlead.server.watch.SeenFiles}, which so knows what is to be watched. A
 * thread of its own looks at the files and runs what reads them again.
 */
@NullMarked
package io.fairlead.server.watch;

import org.jspecify.annotations.NullMarked;
