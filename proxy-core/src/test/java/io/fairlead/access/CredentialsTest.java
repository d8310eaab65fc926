package io.fairlead.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.fairlead.config.ConfigLoader;
import io.fairlead.config.PasswordPlace;
import io.fairlead.config.ProxySettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CredentialsTest {
  private final AtomicInteger refused = new AtomicInteger();
  private final Credentials credentials =
      new Credentials(
          Authenticator.start(),
          Map.of("GOOD", "alice:secret", "BAD", "hunter2")::get,
          Duration.ofHours(1),
          refused::incrementAndGet);

  @TempDir private Path folder;

  @SuppressWarnings("NullAway.Init")
  CredentialsTest() {}

  @AfterEach
  void close() {
    credentials.close();
  }

  private static String line(String name, String password) {
    return name + ":" + PasswordHash.of(password.getBytes(UTF_8), 1000).format() + "\n";
  }

  private Path write(String file, String content) throws IOException {
    return Files.writeString(folder.resolve(file), content);
  }

  private static ProxySettings users(Path file) {
    return ConfigLoader.parse(
        "{listeners: [{address: a:1, auth: %s}], pools: {p: {servers: [s]}}}".formatted(file),
        "f.yaml");
  }

  private static ProxySettings server(String auth) {
    return ConfigLoader.parse("pools: {p: {servers: [s], auth: %s}}".formatted(auth), "f.yaml");
  }

  private UserFile followed(ProxySettings settings) {
    credentials.follow(settings);
    return requireNonNull(credentials.access(settings.listeners().get(0).access()).users());
  }

  private static boolean accepts(UserFile users, String name, String password) {
    return users.present().accepts(name, password.getBytes(UTF_8));
  }

  @Test
  void takesAChangedFileAndKeepsTheOldOneWhileTheNewOneIsBad() throws IOException {
    Path file = write("users", line("alice", "one"));
    ProxySettings settings = users(file);
    UserFile users = followed(settings);
    assertThat(accepts(users, "alice", "one")).isTrue();

    write("users", line("alice", "two"));
    credentials.follow(settings);
    assertThat(accepts(users, "alice", "one")).isFalse();
    assertThat(accepts(users, "alice", "two")).isTrue();

    write("users", "alice:three");
    credentials.follow(settings);
    credentials.follow(settings);
    assertThat(accepts(users, "alice", "two")).isTrue();
    assertThat(refused).as("told once").hasValue(1);

    Files.delete(file);
    credentials.follow(settings);
    assertThat(accepts(users, "alice", "two")).isTrue();
    assertThat(refused).hasValue(2);

    write("users", line("alice", "two"));
    credentials.follow(settings);
    assertThat(accepts(users, "alice", "two")).isTrue();
    assertThat(refused).hasValue(2);
  }

  @Test
  void givesTheLoginForServersAsTheirFileIs() throws IOException {
    Path file = write("auth", "alice:one\n");
    ProxySettings settings = server(file.toString());
    credentials.follow(settings);
    PasswordPlace place = requireNonNull(settings.pools().get(0).connection().auth());
    assertThat(credentials.login(place)).asString(UTF_8).isEqualTo("alice one");

    write("auth", "alice:two\n");
    credentials.follow(settings);

    assertThat(credentials.login(place)).asString(UTF_8).isEqualTo("alice two");
  }

  @Test
  void givesTheLoginForServersThatIsInTheEnvironment() {
    credentials.follow(server("{environment: GOOD}"));

    assertThat(credentials.login(new PasswordPlace.InEnvironment("GOOD")))
        .asString(UTF_8)
        .isEqualTo("alice secret");
  }

  @ParameterizedTest
  @CsvSource({
    "{environment: NONE}, the environment variable NONE is not set",
    "{environment: BAD}, 'the environment variable BAD has no user:password (expected: both, and"
        + " no space in the user)'",
    "/none, /none: there is no such file",
  })
  void refusesWhatItCannotUseForTheFirstTime(String auth, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> credentials.follow(server(auth)))
        .withMessage(message);
  }

  @Test
  void namesTheFileAndLineOfAPasswordThatIsNotHashed() throws IOException {
    Path file = write("users", "# us\nalice:hunter2\n");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> credentials.follow(users(file)))
        .withMessage(
            file
                + ": line 2: a password that is not hashed (expected: the line that fairlead"
                + " hash-password --name NAME prints)");
  }

  @ParameterizedTest
  @CsvSource({"rw-r-----, false", "rw-------, false", "rw-r--r--, true"})
  void knowsAFileThatEverybodyMayRead(String mode, boolean readable) throws IOException {
    Path file = write("users", line("a", "b"));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));

    assertThat(Watched.isReadableByAll(file)).isEqualTo(readable);
  }
}
