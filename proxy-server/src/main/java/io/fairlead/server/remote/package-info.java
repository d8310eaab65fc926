/**
 * A proxy that runs in another process, here or elsewhere, as its admin port tells of it: {@link
 * io.fairlead.server.remote.RemoteProxy} asks and orders, {@link
 * io.fairlead.server.remote.Snapshot} is what it said. The other side of {@code server.admin}, of
 * which it knows the pages only. Blocks whoever calls.
 */
@NullMarked
package io.fairlead.server.remote;

import org.jspecify.annotations.NullMarked;
