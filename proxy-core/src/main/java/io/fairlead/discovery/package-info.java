/**
 * Where the servers of a pool come from when they are not in the file, and where a host name leads.
 *
 * <p>Three things are kept apart. <em>Membership</em> is the set of names that the ring is made of;
 * <em>an address</em> is where a name is reached at present; whether it answers is not known here.
 * Start reading at {@link io.fairlead.discovery.Membership}: it keeps a {@link
 * io.fairlead.discovery.Feed} for each source, which holds on to what the source said last. {@link
 * io.fairlead.discovery.Names} resolves the host names of servers.
 *
 * <p>Everything runs on one thread of its own, an event loop that carries no client; others enter
 * by its {@code execute}, or read what is volatile.
 */
@NullMarked
package io.fairlead.discovery;

import org.jspecify.annotations.NullMarked;
