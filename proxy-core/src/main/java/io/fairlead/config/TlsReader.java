package io.fairlead.config;

import io.fairlead.config.ListenerTlsSettings.ClientCertificate;
import io.fairlead.config.ServerTlsSettings.ServerCheck;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads how TLS is spoken with clients and servers. */
final class TlsReader {
  private static final String OF_LISTENER = "a map with certificate and key";
  private static final String OF_POOL = "true, false, or a map, as in {ca: /etc/fairlead/ca.crt}";
  private static final String PEM = "the absolute path of a file in PEM";
  private static final ValueKind<Path> FILE = ValueKind.absolutePath(PEM);
  private static final String CIPHERS = "a list of cipher suites, as [TLS_AES_128_GCM_SHA256]";
  private static final Pattern CIPHER = Pattern.compile("[A-Z][A-Z0-9_]{2,99}");
  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9_.:-]{1,253}");

  private TlsReader() {}

  static @Nullable ListenerTlsSettings ofListener(ConfigValue value) {
    return value.map(OF_LISTENER, TlsReader::readListener);
  }

  private static @Nullable ListenerTlsSettings readListener(MappingReader map) {
    Path certificate = map.required("certificate", PEM, FILE);
    Path key = map.required("key", PEM, FILE);
    Path clientCa = map.orNull("client_ca", FILE);
    ClientCertificate shown =
        readShown(map.take("client_certificate"), map.map().hasKey("client_ca"));
    TlsTerms terms = readTerms(map);
    int handshakes =
        map.optional(
            "handshakes_per_second",
            ListenerTlsSettings.DEFAULT_HANDSHAKES,
            ValueKind.wholeNumber(0, ListenerTlsSettings.MOST_HANDSHAKES));
    return certificate == null || key == null
        ? null
        : new ListenerTlsSettings(
            new KeyFiles(certificate, key), clientCa, shown, terms, handshakes);
  }

  private static ClientCertificate readShown(@Nullable ConfigValue value, boolean hasCa) {
    ClientCertificate usual = ClientCertificate.REQUIRED;
    if (value == null) {
      return usual;
    }
    if (!hasCa) {
      value.refuse("nothing, as there is no client_ca");
      return usual;
    }
    ClientCertificate shown = ValueKind.oneOf(ClientCertificate.class).read(value);
    return shown == null ? usual : shown;
  }

  /** Null when the servers of a pool are spoken to in the clear. */
  static @Nullable ServerTlsSettings ofPool(@Nullable ConfigValue value) {
    if (value == null || value.isFalse()) {
      return null;
    }
    return "true".equals(value.unquoted())
        ? ServerTlsSettings.DEFAULT
        : value.map(OF_POOL, TlsReader::readPool);
  }

  private static ServerTlsSettings readPool(MappingReader map) {
    Path ca = map.orNull("ca", FILE);
    KeyFiles keys = readKeys(map);
    String serverName = map.orNull("server_name", TlsReader::readName);
    ServerCheck check = map.optional("check", ServerCheck.NAME, TlsReader::readCheck);
    return new ServerTlsSettings(ca, keys, serverName, check, readTerms(map));
  }

  private static @Nullable ServerCheck readCheck(ConfigValue value) {
    ServerCheck check = ValueKind.oneOf(ServerCheck.class).read(value);
    if (check == ServerCheck.NONE) {
      value.warn("name or chain, as anybody who can take a server's address can pose as it");
    }
    return check;
  }

  private static @Nullable KeyFiles readKeys(MappingReader map) {
    ConfigValue givenCertificate = map.take("certificate");
    ConfigValue givenKey = map.take("key");
    if (givenCertificate == null || givenKey == null) {
      for (ConfigValue alone : Arrays.asList(givenCertificate, givenKey)) {
        if (alone != null) {
          alone.refuse("certificate and key, or neither of them");
        }
      }
      return null;
    }
    Path certificate = FILE.read(givenCertificate);
    Path key = FILE.read(givenKey);
    return certificate == null || key == null ? null : new KeyFiles(certificate, key);
  }

  private static TlsTerms readTerms(MappingReader map) {
    TlsTerms usual = TlsTerms.DEFAULT;
    return new TlsTerms(
        map.optional("min_version", usual.least(), TlsReader::readVersion),
        map.optional("ciphers", usual.ciphers(), ValueKind.listOf(CIPHERS, TlsReader::readCipher)),
        map.optional("handshake_timeout", usual.handshakeTimeout(), ValueKind.duration()));
  }

  private static @Nullable TlsVersion readVersion(ConfigValue value) {
    String text = value.text() == null ? value.unquoted() : value.text();
    for (TlsVersion version : TlsVersion.values()) {
      if (version.number().equals(text)) {
        return version;
      }
    }
    return value.refuse("1.2 or 1.3");
  }

  private static @Nullable String readCipher(ConfigValue value) {
    return matching(
        value, CIPHER, "the standard name of a cipher suite, as TLS_AES_128_GCM_SHA256");
  }

  private static @Nullable String readName(ConfigValue value) {
    return matching(value, HOST, "a host name");
  }

  private static @Nullable String matching(ConfigValue value, Pattern wanted, String expected) {
    String text = value.text();
    return text != null && wanted.matcher(text).matches() ? text : value.refuse(expected);
  }
}
