package io.fairlead.config;

import io.fairlead.config.route.AnswerSettings;
import io.fairlead.config.route.PoolRouteSettings;
import io.fairlead.config.route.RouteSettings;
import io.fairlead.config.route.ServerRouteSettings;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The forms of routes that lead to servers, or to none. */
final class PoolForms {
  private static final ValueKind<Counting> COUNTING = ValueKind.oneOf(Counting.class);

  private PoolForms() {}

  /** Whether requests that no server is asked are counted. */
  enum Counting {
    UNCOUNTED,
    COUNTED
  }

  static void addTo(RouteForms forms) {
    forms
        .add("pool", PoolRouteSettings.class, PoolForms::readPool, PoolForms::writePool)
        .add("server", ServerRouteSettings.class, PoolForms::readServer, PoolForms::writeServer)
        .add("servers", PoolForms::refuseServers)
        .add("route", given -> given.one("route"))
        .add("miss", PoolForms::readMiss)
        .add("error", PoolForms::readError)
        .add(AnswerSettings.class, PoolForms::writeAnswer);
  }

  private static RouteSettings readPool(GivenRoute given) {
    MappingReader map = given.map();
    ConfigValue name = map.take("pool");
    PoolSettings pool = name == null ? null : given.routes().pool(name);
    int servers = pool == null ? elements(map) : pool.servers().size();
    if (pool != null && pool.discovery().isOn()) {
      PoolReader.refuseForEach(map.peek("weights"));
      PoolReader.refuseForEach(map.peek("tags"));
    }
    PlacementSettings placement = PlacementReader.readIfGiven(map, servers);
    return pool == null ? RouteReader.REFUSED : new PoolRouteSettings(pool.name(), placement);
  }

  /** Of an unknown pool it is not known how many weights it needs. */
  private static int elements(MappingReader map) {
    ConfigValue list = map.peek("weights");
    return list == null ? 0 : list.elements();
  }

  private static void writePool(PoolRouteSettings route, WrittenRoute written) {
    PlacementSettings placement = route.placement();
    written.text("pool", route.pool());
    if (placement != null) {
      List<ServerSettings> servers = written.routes().pool(route.pool()).servers();
      List<String> names = servers.stream().map(ServerSettings::name).toList();
      PlacementText.of(placement, names).forEach(written::put);
    }
  }

  private static RouteSettings readServer(GivenRoute given) {
    ConfigValue name = given.map().take("server");
    PoolSettings pool = given.map().required("of", "the name of a pool", given.routes()::pool);
    Integer index = name == null || pool == null ? null : indexOf(name, pool);
    return pool == null || index == null
        ? RouteReader.REFUSED
        : new ServerRouteSettings(pool.name(), index);
  }

  private static @Nullable Integer indexOf(ConfigValue name, PoolSettings pool) {
    List<String> names = pool.servers().stream().map(ServerSettings::name).toList();
    String text = name.text();
    int index = text == null ? -1 : names.indexOf(text);
    if (index >= 0) {
      return index;
    }
    return name.refuse(
        names.isEmpty() ? "a pool that has servers" : ValueKind.anyOf(names),
        text == null ? null : NearestKey.hint(text, names));
  }

  private static void writeServer(ServerRouteSettings route, WrittenRoute written) {
    PoolSettings pool = written.routes().pool(route.pool());
    written.text("server", pool.servers().get(route.server()).name()).text("of", pool.name());
  }

  private static RouteSettings refuseServers(GivenRoute given) {
    ConfigValue servers = given.map().take("servers");
    if (servers != null) {
      servers.refuse("one route here, and not each server of a pool; a pool is its name");
    }
    return RouteReader.REFUSED;
  }

  private static RouteSettings readMiss(GivenRoute given) {
    Counting counting =
        given.required("miss", "counted or uncounted", Counting.UNCOUNTED, COUNTING);
    return new AnswerSettings(
        counting == Counting.COUNTED ? AnswerSettings.Kind.DEV_NULL : AnswerSettings.Kind.NULL, "");
  }

  private static RouteSettings readError(GivenRoute given) {
    return new AnswerSettings(
        AnswerSettings.Kind.ERROR, given.required("error", "a text", "", ValueKind.text()));
  }

  private static void writeAnswer(AnswerSettings answer, WrittenRoute written) {
    switch (answer.kind()) {
      case NULL -> written.put("miss", ValueKind.nameOf(Counting.UNCOUNTED));
      case DEV_NULL -> written.put("miss", ValueKind.nameOf(Counting.COUNTED));
      case ERROR -> written.text("error", answer.text());
    }
  }
}
