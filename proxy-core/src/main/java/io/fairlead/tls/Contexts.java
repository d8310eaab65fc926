package io.fairlead.tls;

import io.fairlead.config.KeyFiles;
import io.fairlead.config.ListenerTlsSettings;
import io.fairlead.config.ListenerTlsSettings.ClientCertificate;
import io.fairlead.config.ServerTlsSettings;
import io.fairlead.config.ServerTlsSettings.ServerCheck;
import io.fairlead.config.TlsTerms;
import io.fairlead.config.TlsVersion;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Makes of settings and files what Netty speaks TLS with. */
final class Contexts {
  private static final String HTTPS = "HTTPS"; // the rules by which names are compared
  private static final int SESSION_SECONDS = 24 * 3600;
  private static final int SESSIONS = 20_000;

  private Contexts() {}

  static Renewable of(ListenerTlsSettings settings) throws IOException {
    return new Renewable(files(settings.clientCa(), settings.keys()), () -> forClients(settings));
  }

  static Renewable of(ServerTlsSettings settings) throws IOException {
    return new Renewable(files(settings.ca(), settings.keys()), () -> forServers(settings));
  }

  /** Whose TLS it is. */
  static String engine() {
    return OpenSsl.isAvailable() ? String.valueOf(OpenSsl.versionString()) : "Java";
  }

  private static List<Path> files(@Nullable Path ca, @Nullable KeyFiles keys) {
    List<Path> files = new ArrayList<>();
    if (keys != null) {
      files.add(keys.certificate());
      files.add(keys.key());
    }
    if (ca != null) {
      files.add(ca);
    }
    return files;
  }

  private static Material forClients(ListenerTlsSettings settings) throws IOException {
    OwnIdentity own = OwnIdentity.read(settings.keys());
    SslContextBuilder builder = SslContextBuilder.forServer(own.key(), own.chain());
    Path ca = settings.clientCa();
    if (ca != null) {
      builder
          .trustManager(Certificates.read(ca))
          .clientAuth(
              settings.clientCertificate() == ClientCertificate.REQUIRED
                  ? ClientAuth.REQUIRE
                  : ClientAuth.OPTIONAL);
    }
    builder.sessionCacheSize(SESSIONS).sessionTimeout(SESSION_SECONDS);
    return new Material(build(builder, settings.terms()), own.status());
  }

  private static Material forServers(ServerTlsSettings settings) throws IOException {
    SslContextBuilder builder =
        SslContextBuilder.forClient()
            .endpointIdentificationAlgorithm(settings.check() == ServerCheck.NAME ? HTTPS : "");
    Path ca = settings.ca();
    if (settings.check() == ServerCheck.NONE) {
      builder.trustManager(InsecureTrustManagerFactory.INSTANCE);
    } else if (ca != null) {
      builder.trustManager(Certificates.read(ca));
    }
    KeyFiles keys = settings.keys();
    if (keys == null) {
      return new Material(build(builder, settings.terms()), null);
    }
    OwnIdentity own = OwnIdentity.read(keys);
    builder.keyManager(own.key(), own.chain());
    return new Material(build(builder, settings.terms()), own.status());
  }

  private static SslContext build(SslContextBuilder builder, TlsTerms terms) throws IOException {
    builder
        .sslProvider(OpenSsl.isAvailable() ? SslProvider.OPENSSL : SslProvider.JDK)
        .protocols(
            Arrays.stream(TlsVersion.values())
                .filter(version -> version.compareTo(terms.least()) >= 0)
                .map(TlsVersion::protocol)
                .toList());
    if (!terms.ciphers().isEmpty()) {
      builder.ciphers(terms.ciphers());
    }
    try {
      SslContext context = builder.build();
      // Else a suite that does not exist would be found out by the first client.
      ReferenceCountUtil.release(context.newEngine(TlsBuffers.ALLOCATOR));
      return context;
    } catch (SSLException | IllegalArgumentException e) {
      throw new IOException("TLS cannot be spoken as configured: " + e.getMessage(), e);
    }
  }
}
