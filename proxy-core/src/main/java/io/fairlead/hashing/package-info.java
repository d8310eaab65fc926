/**
 * From the bytes of a key to the server that owns it: key hashes, hash tags, distributions.
 *
 * <p>Plain Java: no Netty, no sockets. Start reading at {@link io.fairlead.hashing.Placement},
 * which has two families. Twemproxy's is {@link io.fairlead.hashing.RingPlacement}: a {@link
 * io.fairlead.hashing.KeyHash} that is looked up in a {@link io.fairlead.hashing.Distribution}.
 * Mcrouter's are those of {@link io.fairlead.hashing.McrouterHash}, which have no ring. Both agree
 * bit for bit with their model.
 *
 * <p>A placement, and what hashes with memory of its own, belongs to one thread; all else is
 * immutable and may be shared between loops.
 */
@NullMarked
package io.fairlead.hashing;

import org.jspecify.annotations.NullMarked;
