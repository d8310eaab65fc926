package io.fairlead.server.doctor;

import io.fairlead.access.Credentials;
import io.fairlead.config.ProxySettings;
import io.fairlead.server.client.Servers;
import io.fairlead.tls.Keyring;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** All checks of a configuration that can be read. */
public final class Examination {
  private final ProxySettings settings;
  private final Machine machine;
  private final InstantSource clock;
  private final Duration limit;

  /**
   * @param limit how long each step of asking a server may take
   */
  public Examination(ProxySettings settings, Machine machine, InstantSource clock, Duration limit) {
    this.settings = settings;
    this.machine = machine;
    this.clock = clock;
    this.limit = limit;
  }

  /** What is found, in the order in which one would mend it. */
  public List<Finding> findings() {
    List<Finding> findings = new ArrayList<>(new MachineCheck(machine, settings).findings());
    findings.addAll(new PortCheck(settings, limit).findings());
    findings.addAll(secrets());
    try (Servers servers = Servers.of(settings, limit)) {
      findings.addAll(new ServersCheck(settings, servers, clock).findings());
    } catch (IOException e) {
      findings.add(Finding.fail("servers", "", "were not asked: " + e.getMessage()));
    }
    return findings;
  }

  private List<Finding> secrets() {
    List<Finding> findings = new ArrayList<>();
    for (String problem : Keyring.problems(settings)) {
      findings.add(Finding.fail("certificate", "", problem));
    }
    for (String problem : Credentials.problems(settings)) {
      findings.add(Finding.warn("credentials", "", problem));
    }
    findings.addAll(ownCertificates());
    return findings;
  }

  private List<Finding> ownCertificates() {
    try (Keyring keyring = new Keyring()) {
      keyring.add(settings);
      return keyring.status().certificates().stream()
          .map(each -> Expiry.of("certificate", each.file().toString(), each.expires(), clock))
          .toList();
    } catch (IOException e) {
      return List.of(); // said already
    }
  }
}
