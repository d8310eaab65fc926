package io.fairlead.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

class PackagingIT {
  private static final long LARGEST = 14L << 20;

  @Test
  void jarIsSmall() throws IOException {
    assertThat(Files.size(Launcher.JAR)).isLessThanOrEqualTo(LARGEST);
  }

  @Test
  void manifestSaysWhatJavaNeeds() throws IOException {
    try (JarFile jar = new JarFile(Launcher.JAR.toFile())) {
      Attributes manifest = jar.getManifest().getMainAttributes();
      assertThat(manifest.getValue("Main-Class")).isEqualTo("io.fairlead.server.Fairlead");
      assertThat(manifest.getValue("Multi-Release")).isEqualTo("true");
      assertThat(manifest.getValue("Enable-Native-Access")).isEqualTo("ALL-UNNAMED");
      assertThat(manifest.getValue("Add-Opens")).contains("java.base/java.nio");
    }
  }

  @Test
  void containsNoSignaturesAndNoDuplicates() throws IOException {
    List<String> names = names();

    assertThat(names).doesNotHaveDuplicates();
    assertThat(names).noneMatch(name -> name.matches("META-INF/.*\\.(SF|DSA|RSA)"));
    assertThat(names).noneMatch(name -> name.endsWith("module-info.class"));
  }

  @Test
  void containsLicencesServicesAndNativeCode() throws IOException {
    assertThat(names())
        .contains(
            "META-INF/THIRD-PARTY.txt",
            "META-INF/LICENSE",
            "META-INF/services/org.slf4j.spi.SLF4JServiceProvider",
            "META-INF/native/libnetty_transport_native_epoll_x86_64.so",
            "META-INF/native/libnetty_transport_native_epoll_aarch_64.so");
  }

  @Test
  void containsNoMachinePaths() throws IOException {
    try (JarFile jar = new JarFile(Launcher.JAR.toFile())) {
      ZipEntry entry = jar.getEntry("io/fairlead/server/command/version.properties");
      String text = new String(jar.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8);
      assertThat(text).matches("version=\\d+\\.\\d+\\.\\d+\\S*\\s*");
    }
  }

  private static List<String> names() throws IOException {
    try (JarFile jar = new JarFile(Launcher.JAR.toFile())) {
      return jar.stream().map(ZipEntry::getName).filter(name -> !name.endsWith("/")).toList();
    }
  }
}
