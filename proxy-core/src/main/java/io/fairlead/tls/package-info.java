/**
 * Certificates and keys, and the TLS that is spoken with them.
 *
 * <p>Start reading at {@link io.fairlead.tls.Keyring}, which has everything that the settings name
 * and looks for changes of the files. A {@code PemFile} is taken apart into blocks; {@code
 * PrivateKeyReader} and {@code Certificates} make keys and certificates of them, {@code
 * OwnIdentity} sees to it that they belong together, and a {@code Contexts} makes of them what
 * Netty needs. Nothing here is called for a request.
 */
@NullMarked
package io.fairlead.tls;

import org.jspecify.annotations.NullMarked;
