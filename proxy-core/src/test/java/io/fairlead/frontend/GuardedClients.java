package io.fairlead.frontend;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fairlead.access.Authenticator;
import io.fairlead.access.Credentials;
import io.fairlead.access.PasswordHash;
import io.fairlead.config.ConfigLoader;
import io.fairlead.config.ListenerSettings;
import io.fairlead.config.ProxySettings;
import io.fairlead.loop.FakeSocket;
import io.fairlead.loop.TestLoop;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executor;

/**
 * The clients of a listener on which alice has the password secret, and bob "two words", as the
 * test plays them. Passwords are checked at once, or by the executor of the test.
 */
final class GuardedClients {
  private static final String USERS = users();

  final FakeClients clients;
  private final TestLoop loop;
  private final Path users;
  private final Credentials credentials;

  GuardedClients(TestLoop loop, Path folder, String access) throws IOException {
    this(loop, folder, access, Runnable::run);
  }

  /**
   * @param access further keys of the listener, in flow style
   */
  GuardedClients(TestLoop loop, Path folder, String access, Executor checks) throws IOException {
    this.loop = loop;
    users = Files.writeString(folder.resolve("users"), USERS);
    credentials =
        new Credentials(
            new Authenticator(checks, () -> {}), name -> null, Duration.ofHours(1), () -> {});
    ListenerSettings listener = listener(access);
    clients = new FakeClients(loop, listener, credentials.access(listener.access()));
    loop.closeAtEnd(credentials::close);
  }

  private ListenerSettings listener(String access) {
    ProxySettings settings =
        ConfigLoader.parse(
            "listeners: [{address: a:1%s}]\npools: {p: {servers: [s]}}"
                .formatted(access.replace("USERS", users.toString())),
            "f.yaml");
    credentials.follow(settings);
    return settings.listeners().get(0);
  }

  /** Lets the clients follow other settings. */
  void follow(String access) {
    ListenerSettings listener = listener(access);
    clients.follow(listener, credentials.access(listener.access()));
  }

  private static String users() {
    return "alice:" + hash("secret") + "\nbob:" + hash("two words") + "\n";
  }

  private static String hash(String password) {
    return PasswordHash.of(password.getBytes(UTF_8), PasswordHash.LEAST_ITERATIONS).format();
  }

  FakeSocket connect() {
    return connect("192.0.2.1");
  }

  FakeSocket connect(String from) {
    return loop.open(clients.clients.accept(new InetSocketAddress(from, 1), null));
  }

  /** One that may ask the proxy about itself, as far as its rights go. */
  FakeSocket connect(Introspection introspection) {
    return loop.open(clients.clients.accept(new InetSocketAddress("192.0.2.1", 1), introspection));
  }
}
