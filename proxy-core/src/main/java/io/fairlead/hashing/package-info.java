/**
 * From the bytes of a key to the server that owns it: key hashes, hash tags, distributions.
 *
 * <p>Plain Java: no Netty, no sockets. Placement agrees bit for bit with twemproxy's. Start reading
 * at {@link io.fairlead.hashing.KeyHash} and {@link io.fairlead.hashing.Distribution}. Everything
 * is immutable and may be shared between loops.
 */
@NullMarked
package io.fairlead.hashing;

import org.jspecify.annotations.NullMarked;
