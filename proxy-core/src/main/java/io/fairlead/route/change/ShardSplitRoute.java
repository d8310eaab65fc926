package io.fairlead.route.change;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fairlead.config.route.ShardSplitSettings;
import io.fairlead.protocol.Operation;
import io.fairlead.protocol.Operation.Kind;
import io.fairlead.route.Outline;
import io.fairlead.route.Question;
import io.fairlead.route.Route;
import io.fairlead.route.RouteContext;
import io.fairlead.route.SelectingRoute;
import io.fairlead.route.change.InsertingRoute.Place;
import io.fairlead.route.fan.AllInitialRoute;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The keys of some shards live under several names, which the hosts share out among themselves: two
 * letters behind the id of the shard, or none.
 */
final class ShardSplitRoute extends SelectingRoute {
  private static final int LETTERS = 26;
  private static final int SUFFIX_BYTES = 2;

  /** Those that two letters can name, and the one without. */
  static final int MOST_SPLITS = LETTERS * LETTERS + 1;

  private final Route target;
  private final Map<ByteRange, Split> splits = new HashMap<>();
  private final ByteRange wanted = new ByteRange();

  /** The names of a shard: the one that this host uses, and all of them. */
  private record Split(Route own, Route all) {}

  ShardSplitRoute(RouteContext context, ShardSplitSettings settings, Route target) {
    this.target = target;
    Map<Integer, Split> byCount = new HashMap<>();
    List<Route> names = new ArrayList<>();
    names.add(target);
    settings
        .splits()
        .forEach(
            (shard, count) -> {
              addNames(context, names, count);
              Split split =
                  byCount.computeIfAbsent(
                      count, same -> split(context, names.subList(0, count), settings.fanout()));
              byte[] id = shard.getBytes(UTF_8);
              splits.put(new ByteRange().of(id, 0, id.length), split);
            });
  }

  private void addNames(RouteContext context, List<Route> names, int count) {
    for (int i = names.size() - 1; i < count - 1; i++) {
      String suffix = "" + (char) ('a' + i % LETTERS) + (char) ('a' + i / LETTERS);
      names.add(new InsertingRoute(context, suffix, Place.BEHIND_SHARD, target));
    }
  }

  private static Split split(RouteContext context, List<Route> names, boolean fanout) {
    List<Route> ownFirst = new ArrayList<>(names);
    Collections.rotate(ownFirst, -context.choiceOfHost(names.size()));
    Route own = ownFirst.get(0);
    return new Split(own, fanout ? new AllInitialRoute(context, ownFirst) : own);
  }

  @Override
  protected Route select(Operation operation, byte[] key, int length) {
    int end = Shard.end(key, length);
    if (end < 0 || !LongKeys.hasRoom(key, length, SUFFIX_BYTES)) {
      return target;
    }
    int start = Shard.start(key, length);
    Split split = splits.get(wanted.of(key, start, end - start));
    if (split == null) {
      return target;
    }
    return operation.kind() == Kind.DELETE_LIKE ? split.all : split.own;
  }

  @Override
  public boolean uploads() {
    return target.uploads();
  }

  @Override
  public void outline(Outline outline) {
    outline.leaf("shard-split");
    Question question = outline.question();
    if (question == null) {
      outline.below(target);
    } else {
      outline.below(select(question.operation(), question.key(), question.key().length));
    }
  }
}
