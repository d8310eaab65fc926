package io.fairlead.route;

import io.fairlead.config.route.RouteSettings;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How each kind of node is made; every family of routes adds its own. */
public final class RouteFactories {
  private final Map<Class<?>, Factory<?>> factories = new HashMap<>();

  /** Makes one kind of node. */
  @FunctionalInterface
  public interface Factory<S extends RouteSettings> {
    /** Makes the node, and by the builder those below it. */
    Route build(S settings, RouteBuilder builder);
  }

  /** Adds what makes nodes from settings of one kind. */
  public <S extends RouteSettings> RouteFactories add(Class<S> kind, Factory<S> factory) {
    if (factories.put(kind, factory) != null) {
      throw new IllegalStateException("two factories for " + kind);
    }
    return this;
  }

  /** Makes a node by the factory for its kind. */
  public <S extends RouteSettings> Route build(S settings, RouteBuilder builder) {
    @SuppressWarnings("unchecked") // add() has put it under its own class
    @Nullable Factory<S> factory = (Factory<S>) factories.get(settings.getClass());
    if (factory == null) {
      throw new IllegalStateException("no route is made from " + settings.getClass());
    }
    return factory.build(settings, builder);
  }
}
