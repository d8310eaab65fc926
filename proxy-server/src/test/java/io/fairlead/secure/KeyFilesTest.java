package io.fairlead.secure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.config.Address;
import io.fairlead.config.KeyFiles;
import io.fairlead.config.ListenerSettings;
import io.fairlead.config.ListenerTlsSettings;
import io.fairlead.config.ListenerTlsSettings.ClientCertificate;
import io.fairlead.config.PoolSettings;
import io.fairlead.config.PoolSettings.Mode;
import io.fairlead.config.ProxySettings;
import io.fairlead.config.TlsTerms;
import io.fairlead.config.TlsVersion;
import io.fairlead.testkit.tls.Authority;
import io.fairlead.testkit.tls.OpenSsl;
import io.fairlead.tls.Keyring;
import io.fairlead.tls.TlsFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys and certificates as openssl writes them. */
class KeyFilesTest {
  @TempDir static Path shared;
  @TempDir Path folder;

  private static Authority authority;

  @BeforeAll
  static void found() {
    authority = Authority.in(shared);
  }

  /** The name in the certificate of a listener that has these files. */
  private static String read(Path certificate, Path key) throws IOException {
    return read(ListenerTlsSettings.of(new KeyFiles(certificate, key)));
  }

  private static String read(ListenerTlsSettings tls) throws IOException {
    ListenerSettings listener =
        ListenerSettings.with(new Address.Tcp("127.0.0.1", 0), "p").tls(tls).build();
    try (Keyring keyring = new Keyring()) {
      keyring.add(
          ProxySettings.of(
                  List.of(listener), List.of(PoolSettings.of("p", Mode.SHARDED, List.of())))
              .build());
      return keyring.status().certificates().get(0).subject();
    }
  }

  private Path key(String command) {
    Path key = folder.resolve("key.pem");
    List<String> words = new ArrayList<>(List.of(command.split(" ", -1)));
    words.add(1, "-out");
    words.add(2, key.toString());
    OpenSsl.run(words.toArray(String[]::new));
    return key;
  }

  @ParameterizedTest
  @CsvSource({
    "genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048, PRIVATE KEY",
    "genrsa -traditional 2048, RSA PRIVATE KEY",
    "genrsa -traditional 4096, RSA PRIVATE KEY",
    "genpkey -algorithm EC -pkeyopt ec_paramgen_curve:secp384r1, PRIVATE KEY",
    "ecparam -name prime256v1 -genkey -noout, EC PRIVATE KEY",
    "ecparam -name secp521r1 -genkey, EC PRIVATE KEY",
    "genpkey -algorithm ED25519, PRIVATE KEY",
  })
  void keysOfEachFormAreRead(String command, String label) throws IOException {
    Path key = key(command);
    assertThat(Files.readString(key)).contains("-----BEGIN " + label + "-----");
    Path certificate = authority.certify(key, "a.example.com", "DNS:a.example.com");

    assertThat(read(certificate, key)).isEqualTo("CN=a.example.com,O=Tests");
  }

  @Test
  void aChainBeginsWithTheCertificateOfTheKey() throws IOException {
    Path key = key("genpkey -algorithm ED25519");
    Path certificate = authority.certify(key, "a.example.com", "DNS:a.example.com");
    Path chain = folder.resolve("chain.pem");
    Files.writeString(
        chain,
        "some words before\n"
            + Files.readString(certificate)
            + Files.readString(authority.certificate()).replace("\n", "\r\n"));

    assertThat(read(chain, key)).isEqualTo("CN=a.example.com,O=Tests");
  }

  @Test
  void aKeyOfAnotherCertificateIsRefused() {
    Authority.Issued one = authority.forServer("one.example.com");
    Authority.Issued other = authority.forServer("other.example.com");

    assertThatThrownBy(() -> read(one.certificate(), other.key()))
        .isInstanceOf(TlsFileException.class)
        .hasMessage(
            other.key()
                + ": (expected: the key of the first certificate in "
                + one.certificate()
                + ")");
  }

  @Test
  void aKeyForAnotherAlgorithmIsRefused() {
    Path rsa = key("genrsa 2048");
    Authority.Issued issued = authority.forServer("one.example.com");

    assertThatThrownBy(() -> read(issued.certificate(), rsa))
        .hasMessageContaining("expected: the key of the first certificate in ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "genpkey -algorithm RSA -aes128 -pass pass:secret",
        "genrsa -traditional -aes128 -passout pass:secret 2048"
      })
  void aKeyWithAPassphraseIsRefusedWithWhatToDo(String command) {
    Authority.Issued issued = authority.forServer("a.example.com");
    Path key = key(command);

    assertThatThrownBy(() -> read(issued.certificate(), key))
        .hasMessage(
            key
                + ": (expected: a key without a passphrase, which \"openssl pkey -in KEY -out NEW\""
                + " makes of it)");
  }

  @ParameterizedTest
  @CsvSource({
    "PUBLIC KEY, AAAA, a private key in PEM",
    "DSA PRIVATE KEY, AAAA, a private key in PEM",
    "PRIVATE KEY, AAAA, 'a private key for RSA, EC or Ed25519'",
    "EC PRIVATE KEY, AAAA, 'a private key for RSA, EC or Ed25519'",
    "EC PRIVATE KEY, MIT/////, 'a private key for RSA, EC or Ed25519'",
    "EC PRIVATE KEY, MAOg/wA=, 'a private key for RSA, EC or Ed25519'",
    "RSA PRIVATE KEY, AA=A, base64 between the lines BEGIN and END",
  })
  void whatIsNoKeyIsRefused(String label, String content, String expected) throws IOException {
    Authority.Issued issued = authority.forServer("a.example.com");
    Path key = Files.writeString(folder.resolve("key"), block(label, content));

    assertThatThrownBy(() -> read(issued.certificate(), key))
        .isInstanceOf(TlsFileException.class)
        .hasMessage(key + ": (expected: " + expected + ")");
  }

  @Test
  void filesThatCannotBeReadAreNamed() throws IOException {
    Authority.Issued issued = authority.forServer("a.example.com");
    Path missing = folder.resolve("missing");
    assertThatThrownBy(() -> read(missing, issued.key()))
        .hasMessage(missing + ": (expected: a file that exists)");
    assertThatThrownBy(() -> read(folder, issued.key()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(folder + ": ");
    Path bad = Files.writeString(folder.resolve("bad"), block("CERTIFICATE", "AAAA"));
    assertThatThrownBy(() -> read(bad, issued.key()))
        .hasMessage(bad + ": (expected: certificates that can be read)");
    Path none = Files.writeString(folder.resolve("none"), block("PUBLIC KEY", "AAAA"));
    ListenerTlsSettings withCa =
        ListenerTlsSettings.of(new KeyFiles(issued.certificate(), issued.key()))
            .withClientCa(none, ClientCertificate.REQUIRED);
    assertThatThrownBy(() -> read(withCa)).hasMessage(none + ": (expected: a certificate in PEM)");
  }

  private static String block(String label, String content) {
    return "-----BEGIN " + label + "-----\n" + content + "\n-----END " + label + "-----\n";
  }

  @Test
  void aCipherThatDoesNotExistIsNamed() {
    Authority.Issued issued = authority.forServer("a.example.com");
    ListenerTlsSettings usual =
        ListenerTlsSettings.of(new KeyFiles(issued.certificate(), issued.key()));
    TlsTerms odd =
        new TlsTerms(TlsVersion.V1_2, List.of("TLS_AES_999"), TlsTerms.DEFAULT.handshakeTimeout());

    assertThatThrownBy(
            () ->
                read(
                    new ListenerTlsSettings(
                        usual.keys(), null, ClientCertificate.REQUIRED, odd, 0)))
        .hasMessageContaining("TLS_AES_999");
  }
}
