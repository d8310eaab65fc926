package io.fairlead.tls;

import io.netty.handler.ssl.SslContext;
import org.jspecify.annotations.Nullable;

/**
 * What TLS is spoken with.
 *
 * @param shown the certificate that peers are shown; null for none
 */
record Material(SslContext context, @Nullable CertificateStatus shown) {}
