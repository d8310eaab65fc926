package io.fairlead.tls;

import io.netty.handler.ssl.SslHandler;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/** What the other side of a connection has proved to be called. */
public final class PeerName {
  private static final String COMMON_NAME = "CN";

  private PeerName() {}

  /** The common name in the verified certificate of the peer; null when it has shown none. */
  public static @Nullable String of(SslHandler tls) {
    try {
      Certificate[] chain = tls.engine().getSession().getPeerCertificates();
      return chain.length > 0 && chain[0] instanceof X509Certificate first
          ? commonName(first.getSubjectX500Principal().getName())
          : null;
    } catch (SSLPeerUnverifiedException e) {
      return null;
    }
  }

  static @Nullable String commonName(String subject) {
    try {
      for (Rdn part : new LdapName(subject).getRdns()) {
        if (part.getType().equalsIgnoreCase(COMMON_NAME)) {
          return String.valueOf(part.getValue());
        }
      }
    } catch (InvalidNameException e) {
      // A certificate whose subject cannot be read names nobody.
    }
    return null;
  }
}
