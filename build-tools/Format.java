import com.google.googlejavaformat.java.Main;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Checks ("check") or rewrites ("apply") every Java source of the modules with google-java-format. */
public final class Format {
  private Format() {}

  public static void main(String[] args) throws Exception {
    boolean rewrite = args.length > 0 && args[0].equals("apply");
    List<String> options = new ArrayList<>();
    if (rewrite) {
      options.add("--replace");
    } else {
      options.addAll(List.of("--dry-run", "--set-exit-if-changed"));
    }
    options.addAll(sources());
    Main formatter =
        new Main(new PrintWriter(System.out, true), new PrintWriter(System.err, true), System.in);
    int status = formatter.format(options.toArray(String[]::new));
    if (status != 0 && !rewrite) {
      System.err.println(
          "The files above are not formatted: mvn -q validate -N -Pchecks -Dformat.mode=apply");
    }
    System.exit(status);
  }

  private static List<String> sources() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("."))) {
      return files
          .map(Path::toString)
          .filter(name -> name.endsWith(".java") && name.contains("/src/"))
          .filter(name -> !name.contains("/target/"))
          .toList();
    }
  }
}
