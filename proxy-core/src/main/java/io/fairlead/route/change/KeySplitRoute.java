package io.fairlead.route.change;

import io.fairlead.config.route.KeySplitSettings;
import io.fairlead.protocol.Operation;
import io.fairlead.protocol.Operation.Kind;
import io.fairlead.route.Outline;
import io.fairlead.route.Question;
import io.fairlead.route.Route;
import io.fairlead.route.RouteContext;
import io.fairlead.route.SelectingRoute;
import io.fairlead.route.change.InsertingRoute.Place;
import io.fairlead.route.fan.AllInitialRoute;
import io.fairlead.route.fan.AllSyncRoute;
import java.util.ArrayList;
import java.util.List;

/**
 * Each key lives under several names, which its hosts share out among themselves: a hot key is
 * spread over servers.
 *
 * <p>A key that is too long for another name has only its own.
 */
final class KeySplitRoute extends SelectingRoute {
  private final Route target;

  /** What this host reads and writes. */
  private final Route own;

  private final Route reads;
  private final Route all;

  /** That the others have no such name, as they seldom do, is no answer. */
  private final Route deletes;

  private final boolean setsAll;
  private final int longestSuffix;

  KeySplitRoute(RouteContext context, KeySplitSettings settings, Route target) {
    int replicas = settings.replicas();
    List<Route> names = new ArrayList<>();
    names.add(target);
    for (int id = 1; id < replicas; id++) {
      names.add(new InsertingRoute(context, "::" + id, Place.BEFORE_HASH_STOP, target));
    }
    int host = context.choiceOfHost(replicas);
    this.target = target;
    this.own = names.get(host);
    this.all = new AllSyncRoute(context, names);
    this.deletes = new AllInitialRoute(context, rotated(names, host));
    this.reads = settings.firstHit() ? new FirstHitRoute(context, rotated(names, host)) : own;
    this.setsAll = settings.allSync();
    this.longestSuffix = ("::" + (replicas - 1)).length();
  }

  private static List<Route> rotated(List<Route> names, int first) {
    List<Route> rotated = new ArrayList<>(names.subList(first, names.size()));
    rotated.addAll(names.subList(0, first));
    return rotated;
  }

  @Override
  protected Route select(Operation operation, byte[] key, int length) {
    if (!LongKeys.hasRoom(key, length, longestSuffix)) {
      return target;
    }
    if (operation.kind() == Kind.DELETE_LIKE) {
      return deletes;
    }
    if (setsAll && operation == Operation.SET) {
      return all;
    }
    // A cas unique is good only under the name that it comes from.
    return operation == Operation.GET || operation == Operation.GAT ? reads : own;
  }

  @Override
  public boolean uploads() {
    return target.uploads() && !setsAll;
  }

  @Override
  public void outline(Outline outline) {
    outline.leaf("key-split");
    Question question = outline.question();
    if (question == null) {
      outline.below(all);
    } else {
      outline.below(select(question.operation(), question.key(), question.key().length));
    }
  }
}
