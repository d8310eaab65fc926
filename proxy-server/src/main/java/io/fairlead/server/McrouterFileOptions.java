package io.fairlead.server;

import io.fairlead.config.Address;
import io.fairlead.config.LoadOptions;
import io.fairlead.server.mcrouter.McrouterMistake;
import io.fairlead.server.mcrouter.RoutePrefix;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** What mcrouter is told on its command line, and its file does not say. */
final class McrouterFileOptions {
  static final String ROUTE_PREFIX = "--route-prefix";

  @Option(
      names = ROUTE_PREFIX,
      paramLabel = "PREFIX",
      converter = Prefix.class,
      description = "Routing prefix of keys without one; default: /././")
  private String routePrefix = LoadOptions.Mcrouter.DEFAULT.routePrefix();

  LoadOptions.Mcrouter toSettings() {
    return toSettings(LoadOptions.Mcrouter.DEFAULT.listen());
  }

  LoadOptions.Mcrouter toSettings(List<Address> listen) {
    return new LoadOptions.Mcrouter(listen, routePrefix);
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
