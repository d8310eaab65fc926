package io.fairlead.placement;

import io.fairlead.config.Address;
import io.fairlead.config.AdminSettings;
import io.fairlead.config.KeyPlaces;
import io.fairlead.config.ListenerSettings;
import io.fairlead.config.Problem;
import io.fairlead.config.ProxySettings;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which ports of a configuration other machines can reach, where nothing says who may. */
final class ReachReview {
  private static final String ADMIN = "admin";

  private final KeyPlaces places;
  private final List<Problem> warnings = new ArrayList<>();

  private ReachReview(KeyPlaces places) {
    this.places = places;
  }

  static List<Problem> of(ProxySettings settings, KeyPlaces places) {
    ReachReview review = new ReachReview(places);
    List<ListenerSettings> listeners = settings.listeners();
    for (int i = 0; i < listeners.size(); i++) {
      review.listener(listeners.get(i), i);
    }
    AdminSettings admin = settings.admin();
    review.port(
        admin == null ? null : admin.address(),
        places.has("admin.listen") ? "admin.listen" : ADMIN,
        "admin port: it shows the configuration, and can reload");
    review.port(settings.twemproxyStats(), "twemproxy_stats", "statistics port");
    return review.warnings;
  }

  private void listener(ListenerSettings listener, int index) {
    if (!listener.isGuarded() && !listener.address().isOfThisMachine()) {
      warn(
          path(listener, index),
          listener.address(),
          "127.0.0.1 or a unix socket, or a network without strangers:"
              + " other machines can reach this port, which has no TLS and no authentication");
    }
  }

  /** In a nutcracker.yml a pool has its listener; mcrouter's options are in no file. */
  private String path(ListenerSettings listener, int index) {
    String element = "listeners[" + index + "]";
    String address = KeyPlaces.path(element, "address");
    if (places.has(address)) {
      return address;
    }
    String ofPool = KeyPlaces.path(KeyPlaces.path("", listener.target()), "listen");
    return !places.has(element) && places.has(ofPool) ? ofPool : element;
  }

  private void port(Address.@Nullable Tcp address, String path, String what) {
    if (address != null && !address.isOfThisMachine()) {
      warn(
          path,
          address,
          "127.0.0.1, or a network without strangers: other machines can reach the "
              + what
              + ", without authentication");
    }
  }

  private void warn(String path, Address address, String expected) {
    warnings.add(places.problem(path, path, address.toString(), expected));
  }
}
