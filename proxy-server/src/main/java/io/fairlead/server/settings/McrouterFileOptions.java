package io.fairlead.server.settings;

import io.fairlead.config.Address;
import io.fairlead.config.Correction;
import io.fairlead.config.LoadOptions;
import io.fairlead.server.mcrouter.McrouterMistake;
import io.fairlead.server.mcrouter.RoutePrefix;
import java.util.EnumSet;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** What mcrouter is told on its command line, and its file does not say. */
public final class McrouterFileOptions {
  public static final String ROUTE_PREFIX = "--route-prefix";
  public static final String AS_MCROUTER = "--as-mcrouter";

  /** All of these. */
  public static final List<String> NAMES = List.of(ROUTE_PREFIX, AS_MCROUTER);

  @Option(
      names = ROUTE_PREFIX,
      paramLabel = "PREFIX",
      converter = Prefix.class,
      description = "Routing prefix of keys without one; default: /././")
  private String routePrefix = LoadOptions.Mcrouter.DEFAULT.routePrefix();

  @Option(
      names = AS_MCROUTER,
      paramLabel = "LIST",
      converter = Corrections.class,
      description = {
        "Do this as mcrouter does, and not better: touched,",
        "deletes, warm-up, operations, all; default: none"
      })
  private EnumSet<Correction> asMcrouter = EnumSet.noneOf(Correction.class);

  public LoadOptions.Mcrouter toSettings() {
    return toSettings(LoadOptions.Mcrouter.DEFAULT.listen());
  }

  public LoadOptions.Mcrouter toSettings(List<Address> listen) {
    return new LoadOptions.Mcrouter(listen, routePrefix, asMcrouter);
  }

  /** Reads the words of what is not to be corrected. */
  static final class Corrections implements ITypeConverter<EnumSet<Correction>> {
    @Override
    public EnumSet<Correction> convert(String text) {
      EnumSet<Correction> listed = EnumSet.noneOf(Correction.class);
      try {
        listed.addAll(Correction.list(text));
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(
            e.getMessage() + " (expected: " + Correction.EXPECTED + ")");
      }
      return listed;
    }
  }

  /** Reads a prefix, of which the slashes at its ends may be missing. */
  static final class Prefix implements ITypeConverter<String> {
    @Override
    public String convert(String text) {
      try {
        return RoutePrefix.parse(ROUTE_PREFIX, text).toString();
      } catch (McrouterMistake e) {
        throw new TypeConversionException(text + " (expected: /region/cluster/)");
      }
    }
  }
}
