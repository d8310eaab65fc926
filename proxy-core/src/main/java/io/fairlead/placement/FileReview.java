package io.fairlead.placement;

import io.fairlead.config.ConfigException;
import io.fairlead.config.KeyPlaces;
import io.fairlead.config.LoadOptions;
import io.fairlead.config.LoadedConfig;
import io.fairlead.config.PoolSettings;
import io.fairlead.config.Problem;
import io.fairlead.config.ProxySettings;
import io.fairlead.dialect.FileLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * All that can be said of a configuration file without starting a proxy.
 *
 * @param settings null when the file is refused
 * @param problems why it is refused
 * @param warnings what is legal but probably not meant, in file order
 * @param shares how evenly each pool spreads keys in which their hash decides
 */
public record FileReview(
    Path file,
    @Nullable ProxySettings settings,
    List<Problem> problems,
    List<Problem> warnings,
    List<Shares> shares) {
  private static final Comparator<Problem> IN_FILE_ORDER =
      Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column);

  // Written out because a compact constructor loses the @Nullable of its parameters.
  public FileReview(
      Path file,
      @Nullable ProxySettings settings,
      List<Problem> problems,
      List<Problem> warnings,
      List<Shares> shares) {
    this.file = file;
    this.settings = settings;
    this.problems = List.copyOf(problems);
    this.warnings = List.copyOf(warnings);
    this.shares = List.copyOf(shares);
  }

  /** What can be said of {@code file}, read with {@code options}. */
  public static FileReview of(Path file, LoadOptions options) {
    return of(file, options, LookedUp::nothing);
  }

  /**
   * The same with servers that are not in the file.
   *
   * @param lookup finds them; asked for a file that can be served
   */
  public static FileReview of(
      Path file, LoadOptions options, Function<ProxySettings, LookedUp> lookup) {
    try {
      LoadedConfig loaded = FileLoader.read(file, options);
      return of(file, loaded, lookup.apply(loaded.settings()));
    } catch (ConfigException e) {
      return new FileReview(file, null, e.problems(), List.of(), List.of());
    }
  }

  private static FileReview of(Path file, LoadedConfig loaded, LookedUp lookedUp) {
    KeyPlaces places = FileLoader.places(file, loaded.dialect());
    List<Problem> warnings = new ArrayList<>(loaded.warnings());
    List<Shares> shares = new ArrayList<>();
    for (LookedUp.Unanswered each : lookedUp.unanswered()) {
      warnings.add(unanswered(each, places));
    }
    for (PoolSettings pool : lookedUp.settings().pools()) {
      PoolPlacement placement = PoolPlacement.of(pool);
      Shares measured = placement.usesHash() ? Shares.measure(placement) : null;
      if (measured != null) {
        shares.add(measured);
      }
      for (Problem warning : PoolReview.of(placement, measured, places)) {
        if (warnings.stream().noneMatch(known -> samePlace(known, warning))) {
          warnings.add(warning);
        }
      }
    }
    warnings.addAll(ReachReview.of(loaded.settings(), places));
    warnings.sort(IN_FILE_ORDER);
    return new FileReview(file, lookedUp.settings(), List.of(), warnings, shares);
  }

  private static Problem unanswered(LookedUp.Unanswered source, KeyPlaces places) {
    String path = KeyPlaces.path(KeyPlaces.path("pools", source.pool()), "servers");
    return places.problem(
        path,
        path,
        source.source(),
        "an answer, to know its servers, which are left out here: " + source.reason());
  }

  /** Some readers warn of odd values themselves. */
  private static boolean samePlace(Problem known, Problem warning) {
    return known.path().equals(warning.path()) && IN_FILE_ORDER.compare(known, warning) == 0;
  }
}
