package io.fairlead.server.doctor;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.fairlead.config.Address;
import io.fairlead.config.AdminSettings;
import io.fairlead.config.ListenerSettings;
import io.fairlead.config.ProxySettings;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Whether the ports are free, or taken by a Fairlead that runs already. */
final class PortCheck {
  private static final int ANSWER_BYTES = 4096;

  private final ProxySettings settings;
  private final Duration limit;

  PortCheck(ProxySettings settings, Duration limit) {
    this.settings = settings;
    this.limit = limit;
  }

  List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    AdminSettings adminSettings = settings.admin();
    Address.Tcp admin = adminSettings == null ? null : adminSettings.address();
    boolean isRunning = admin != null && admin.port() > 0 && isFairlead(admin);
    if (admin != null) {
      findings.add(port("admin port", admin, isRunning));
    }
    for (ListenerSettings listener : settings.listeners()) {
      if (listener.socket().descriptor() == null) {
        findings.add(
            listener.address() instanceof Address.Tcp tcp
                ? port("listener", tcp, isRunning)
                : socket((Address.Unix) listener.address()));
      }
    }
    return findings;
  }

  private static Finding port(String check, Address.Tcp address, boolean isRunning) {
    String subject = address.toString();
    if (address.port() == 0) {
      return Finding.ok(check, subject, "any free port is taken");
    }
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getByName(address.host()), address.port()));
      return Finding.ok(check, subject, "is free");
    } catch (UnknownHostException e) {
      return Finding.fail(check, subject, "is a name that nobody knows: give an address");
    } catch (BindException e) {
      return taken(check, subject, String.valueOf(e.getMessage()), isRunning);
    } catch (IOException e) {
      return Finding.fail(check, subject, "cannot be used: " + e.getMessage());
    }
  }

  private static Finding taken(String check, String subject, String why, boolean isRunning) {
    if (why.contains("in use")) {
      return isRunning
          ? Finding.ok(check, subject, "is taken, and a Fairlead runs here")
          : Finding.fail(
              check, subject, "is taken by another program: stop it, or change the port");
    }
    return why.contains("denied")
        ? Finding.fail(
            check, subject, "is not for this user: take a port from 1024 on, or grant it")
        : Finding.fail(check, subject, "is no address of this machine: correct it");
  }

  private static Finding socket(Address.Unix address) {
    Path folder = Path.of(address.path()).toAbsolutePath().getParent();
    return folder != null && Files.isDirectory(folder) && Files.isWritable(folder)
        ? Finding.ok("listener", address.toString(), "can be made")
        : Finding.fail(
            "listener", address.toString(), "cannot be made: this user cannot write to its folder");
  }

  /** Whether what answers at the admin port is one of us. */
  private boolean isFairlead(Address.Tcp admin) {
    try (Socket socket = new Socket()) {
      int millis = (int) limit.toMillis();
      socket.connect(new InetSocketAddress(reachable(admin.host()), admin.port()), millis);
      socket.setSoTimeout(millis);
      String request = "GET /version HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(ISO_8859_1));
      String answer = new String(socket.getInputStream().readNBytes(ANSWER_BYTES), ISO_8859_1);
      return answer.startsWith("HTTP/1.1 200") && answer.contains("\"java\":");
    } catch (IOException e) {
      return false;
    }
  }

  private static InetAddress reachable(String host) throws UnknownHostException {
    InetAddress address = InetAddress.getByName(host);
    return address.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : address;
  }
}
