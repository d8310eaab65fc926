package io.fairlead.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.config.route.AllSettings;
import io.fairlead.config.route.AllSettings.Mode;
import io.fairlead.faults.Servers;
import io.fairlead.faults.TestProxy;
import io.fairlead.it.LeakCheck;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests that go to three servers at once. */
@ExtendWith(LeakCheck.class)
class AllRoutesIT {
  private static Servers servers;

  @BeforeAll
  static void startServers() {
    servers = new Servers(3);
  }

  @AfterAll
  static void stopServers() {
    servers.close();
  }

  @BeforeEach
  void reset() {
    servers.reset();
  }

  /** A dash stands for no value. */
  @ParameterizedTest
  @CsvSource({
    // mode, the command, what each server has before, the reply, what each has afterwards
    "SYNC,     set k 0 0 3/new, -;-;-, STORED,              new;new;new",
    "SYNC,     get k,           a;a;a, VALUE k 0 1/a/END,   a;a;a",
    "SYNC,     get k,           a;-;a, END,                 a;-;a",
    "SYNC,     delete k,        a;-;a, NOT_FOUND,           -;-;-",
    "SYNC,     incr k 1,        1;1;1, 2,                   2;2;2",
    "SYNC,     incr k 1,        1;-;1, NOT_FOUND,           2;-;2",
    "SYNC,     add k 0 0 1/n,   -;b;-, NOT_STORED,          n;b;n",
    "SYNC,     mg k v,          a;-;a, EN,                  a;-;a",
    "SYNC,     ms k 1/n,        a;-;a, HD,                  n;n;n",
    "FASTEST,  set k 0 0 3/new, -;-;-, STORED,              new;new;new",
    "FASTEST,  get k,           a;a;a, VALUE k 0 1/a/END,   a;a;a",
    "INITIAL,  get k,           a;-;-, VALUE k 0 1/a/END,   a;-;-",
    "INITIAL,  get k,           -;b;b, END,                 -;b;b",
    "INITIAL,  delete k,        -;b;b, NOT_FOUND,           -;-;-",
    "MAJORITY, get k,           a;-;a, VALUE k 0 1/a/END,   a;-;a",
    "MAJORITY, delete k,        a;-;-, NOT_FOUND,           -;-;-",
    "ASYNC,    get k,           a;a;a, END,                 a;a;a",
    "ASYNC,    mg k v,          a;a;a, EN,                  a;a;a",
  })
  void answersByTheMode(Mode mode, String request, String before, String reply, String after) {
    servers.prepare("k", List.of(before.split(";", -1)));
    try (TestProxy proxy = start(mode)) {
      assertThat(Servers.reply(proxy.client(), request)).isEqualTo(reply);
      assertThat(servers.values("k")).containsExactly(after.split(";", -1));
    }
  }

  private static TestProxy start(Mode mode) {
    return new RouteSetup(servers.ports()).start(new AllSettings(mode, RouteSetup.pools(3)));
  }
}
