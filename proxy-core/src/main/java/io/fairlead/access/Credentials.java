package io.fairlead.access;

import io.fairlead.config.AccessSettings;
import io.fairlead.config.AdminSettings;
import io.fairlead.config.ListenerSettings;
import io.fairlead.config.PasswordPlace;
import io.fairlead.config.PoolSettings;
import io.fairlead.config.ProxySettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The names and passwords of a proxy, from the files that its settings name. */
public final class Credentials implements AutoCloseable {
  /*
   * The files are read again and again, on a thread of their own that does not exist without any:
   * they are small, and neither a link that is turned nor a clock that stands then keeps a change
   * from being seen. A file that the settings do not name any more stays known, as connections to
   * servers of a former pool may need it yet, but is not read any more.
   */
  private static final Logger LOG = LoggerFactory.getLogger(Credentials.class);
  private static final Duration PERIOD = Duration.ofSeconds(2);

  private final Function<String, @Nullable String> environment;
  private final Duration period;
  private final Runnable onRefused;
  private final Authenticator authenticator;
  private final Map<Path, UserFile> users = new ConcurrentHashMap<>();
  private final Map<Path, PasswordFile> passwords = new ConcurrentHashMap<>();
  private final Map<String, byte[]> variables = new ConcurrentHashMap<>();
  private Set<Path> wanted = Set.of();
  private @Nullable ScheduledExecutorService thread;

  /**
   * @param onRefused called when a changed file cannot be used, on any thread
   */
  public Credentials(Runnable onRefused) {
    this(Authenticator.start(), System::getenv, PERIOD, onRefused);
  }

  /**
   * @param authenticator which this closes
   * @param environment what an environment variable has; null for one that is not set
   * @param period between two looks at the files
   */
  public Credentials(
      Authenticator authenticator,
      Function<String, @Nullable String> environment,
      Duration period,
      Runnable onRefused) {
    this.authenticator = authenticator;
    this.environment = environment;
    this.period = period;
    this.onRefused = onRefused;
  }

  /**
   * Reads what settings name for the first time, and what is known once more.
   *
   * @throws IllegalArgumentException when something new cannot be used; then all is as it was
   */
  public synchronized void follow(ProxySettings settings) {
    Set<Path> files = new HashSet<>();
    for (ListenerSettings listener : settings.listeners()) {
      Path path = listener.access().users();
      if (path != null) {
        files.add(path);
        users.computeIfAbsent(path, each -> opened(new UserFile(each)));
      }
    }
    for (PoolSettings pool : settings.pools()) {
      open(pool, files);
    }
    wanted = files;
    refresh();
    if (!files.isEmpty() && thread == null) {
      thread = watch();
    }
  }

  /** What a start with these settings would refuse of the files that they name, or warn of. */
  public static List<String> problems(ProxySettings settings) {
    Set<String> problems = new LinkedHashSet<>();
    for (ListenerSettings listener : settings.listeners()) {
      Path path = listener.access().users();
      if (path != null) {
        review(path, UserFile::new, problems);
      }
    }
    for (PoolSettings pool : settings.pools()) {
      if (pool.connection().auth() instanceof PasswordPlace.InFile file) {
        review(file.file(), PasswordFile::new, problems);
      }
    }
    AdminSettings admin = settings.admin();
    if (admin != null && admin.tokenFile() != null) {
      review(admin.tokenFile(), AdminToken::new, problems);
    }
    return List.copyOf(problems);
  }

  private static void review(Path path, Consumer<Path> reader, Set<String> problems) {
    try {
      reader.accept(path);
    } catch (IllegalArgumentException e) {
      problems.add(String.valueOf(e.getMessage()));
    }
    if (Watched.isReadableByAll(path)) {
      problems.add(path + ": everybody on this machine may read it (expected: mode 0640 or 0600)");
    }
  }

  private void open(PoolSettings pool, Set<Path> files) {
    PasswordPlace place = pool.connection().auth();
    if (place instanceof PasswordPlace.InFile file) {
      files.add(file.file());
      passwords.computeIfAbsent(file.file(), each -> opened(new PasswordFile(each)));
    } else if (place instanceof PasswordPlace.InEnvironment variable) {
      variables.computeIfAbsent(variable.variable(), this::variable);
    }
  }

  private static <T extends Watched<?>> T opened(T file) {
    file.warnIfReadable();
    return file;
  }

  private byte[] variable(String name) {
    String entry = environment.apply(name);
    if (entry == null) {
      throw new IllegalArgumentException("the environment variable " + name + " is not set");
    }
    try {
      return ServerPassword.of(entry);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "the environment variable " + name + " " + e.getMessage(), e);
    }
  }

  private ScheduledExecutorService watch() {
    ScheduledExecutorService watching = Executors.newSingleThreadScheduledExecutor(Credentials::on);
    long millis = period.toMillis();
    watching.scheduleWithFixedDelay(this::refreshSafely, millis, millis, TimeUnit.MILLISECONDS);
    return watching;
  }

  private static Thread on(Runnable work) {
    Thread thread = new Thread(work, "fairlead-credentials");
    thread.setDaemon(true);
    return thread;
  }

  /** A failure must not end the looking. */
  private void refreshSafely() {
    try {
      refresh();
    } catch (RuntimeException e) {
      LOG.error("unexpected failure while reading credentials, please report it", e);
    }
  }

  private synchronized void refresh() {
    users.values().forEach(this::refresh);
    passwords.values().forEach(this::refresh);
  }

  private void refresh(Watched<?> file) {
    if (wanted.contains(file.path()) && !file.refresh()) {
      onRefused.run();
    }
  }

  /** What the clients of a listener are subject to, whose settings are followed. */
  public ClientAccess access(AccessSettings settings) {
    Path path = settings.users();
    return new ClientAccess(path == null ? null : users.get(path), settings, authenticator);
  }

  /** The login for servers of a pool, {@code user password}; null when none was found. */
  public byte @Nullable [] login(PasswordPlace place) {
    if (place instanceof PasswordPlace.InEnvironment variable) {
      return variables.get(variable.variable());
    }
    PasswordFile file =
        place instanceof PasswordPlace.InFile inFile ? passwords.get(inFile.file()) : null;
    return file == null ? null : file.present();
  }

  @Override
  public synchronized void close() {
    authenticator.close();
    if (thread != null) {
      thread.shutdownNow();
    }
  }
}
