package io.fairlead.testkit;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A DNS server on the loopback address, over UDP and TCP, that answers what a test tells it and may
 * fail in any way that DNS servers do. All methods may be called from any thread.
 */
public final class DnsServer implements AutoCloseable {
  private static final int LONGEST_QUESTION = 2048;
  private static final int NO_SUCH_NAME = 3;
  private static final int SERVER_FAILURE = 2;

  /** What it does with questions. */
  public enum Mood {
    ANSWERS,
    /** It is asked again over TCP. */
    TRUNCATES,
    SERVFAIL,
    SILENT
  }

  private final DatagramSocket datagrams;
  private final ServerSocket streams;
  private final Map<String, List<DnsMessage.Answer>> records = new ConcurrentHashMap<>();
  private final List<String> questions = new CopyOnWriteArrayList<>();
  private volatile Mood mood = Mood.ANSWERS;
  private volatile int ttl = 1;

  private DnsServer(DatagramSocket datagrams, ServerSocket streams) {
    this.datagrams = datagrams;
    this.streams = streams;
  }

  public static DnsServer start() {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    for (int attempt = 0; ; attempt++) {
      try {
        ServerSocket streams = new ServerSocket(0, 50, loopback);
        try {
          DnsServer server =
              new DnsServer(new DatagramSocket(streams.getLocalPort(), loopback), streams);
          server.thread("dns-udp", server::serveDatagrams);
          server.thread("dns-tcp", server::serveStreams);
          return server;
        } catch (IOException e) { // the port is another's, of the other protocol
          streams.close();
          if (attempt == 20) {
            throw e;
          }
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private void thread(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }

  public int port() {
    return datagrams.getLocalPort();
  }

  /** Writes a resolv.conf that names this server and nothing else. */
  public Path writeResolvConf(Path folder, String... moreLines) {
    List<String> lines = new ArrayList<>(List.of("nameserver 127.0.0.1:" + port()));
    lines.addAll(Arrays.asList(moreLines));
    try {
      return Files.write(folder.resolve("resolv.conf"), lines);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** For how long what is told from now on is true. */
  public DnsServer ttl(int seconds) {
    ttl = seconds;
    return this;
  }

  /** The host has these addresses, of both families, and no others. */
  public void host(String name, String... addresses) {
    List<DnsMessage.Answer> ipv4 = new ArrayList<>();
    List<DnsMessage.Answer> ipv6 = new ArrayList<>();
    for (String address : addresses) {
      try {
        byte[] bytes = InetAddress.getByName(address).getAddress(); // no name, so not looked up
        boolean isIpv4 = bytes.length == 4;
        (isIpv4 ? ipv4 : ipv6)
            .add(
                new DnsMessage.Answer(
                    isIpv4 ? DnsMessage.TYPE_A : DnsMessage.TYPE_AAAA, ttl, bytes));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    records.put(key(name, DnsMessage.TYPE_A), ipv4);
    records.put(key(name, DnsMessage.TYPE_AAAA), ipv6);
  }

  /** The service has these servers, each {@code host:port}, and no others. */
  public void service(String name, String... servers) {
    List<DnsMessage.Answer> answers = new ArrayList<>();
    for (String server : servers) {
      int colon = server.lastIndexOf(':');
      int port = Integer.parseInt(server.substring(colon + 1));
      byte[] content = DnsMessage.service(server.substring(0, colon), port);
      answers.add(new DnsMessage.Answer(DnsMessage.TYPE_SRV, ttl, content));
    }
    records.put(key(name, DnsMessage.TYPE_SRV), answers);
  }

  /** There is no such name any more. */
  public void forget(String name) {
    for (int type : List.of(DnsMessage.TYPE_A, DnsMessage.TYPE_AAAA, DnsMessage.TYPE_SRV)) {
      records.remove(key(name, type));
    }
  }

  public void mood(Mood value) {
    mood = value;
  }

  /** The names it was asked for, in order, once for each type. */
  public List<String> questions() {
    return questions;
  }

  private static String key(String name, int type) {
    return name + "/" + type;
  }

  private void serveDatagrams() {
    byte[] buffer = new byte[LONGEST_QUESTION];
    while (!datagrams.isClosed()) {
      DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
      try {
        datagrams.receive(packet);
        byte[] message = Arrays.copyOf(packet.getData(), packet.getLength());
        byte[] reply = reply(message, mood == Mood.TRUNCATES);
        if (reply.length > 0) {
          datagrams.send(new DatagramPacket(reply, reply.length, packet.getSocketAddress()));
        }
      } catch (IOException e) {
        // closed, or the one who asked is gone
      }
    }
  }

  private void serveStreams() {
    while (!streams.isClosed()) {
      try (Socket socket = streams.accept()) {
        DataInputStream in = new DataInputStream(socket.getInputStream());
        byte[] message = new byte[in.readUnsignedShort()];
        in.readFully(message);
        byte[] reply = reply(message, false);
        DataOutputStream out = new DataOutputStream(socket.getOutputStream());
        out.writeShort(reply.length);
        out.write(reply);
        out.flush();
      } catch (IOException e) {
        // closed, or the one who asked is gone
      }
    }
  }

  /** What it answers; nothing when it is silent. */
  private byte[] reply(byte[] message, boolean truncated) {
    DnsMessage.Question question = DnsMessage.question(message);
    questions.add(question.name());
    if (mood == Mood.SILENT) {
      return new byte[0];
    }
    if (mood == Mood.SERVFAIL) {
      return DnsMessage.reply(question, SERVER_FAILURE, List.of(), false);
    }
    List<DnsMessage.Answer> answers = records.get(key(question.name(), question.type()));
    return answers == null
        ? DnsMessage.reply(question, NO_SUCH_NAME, List.of(), false)
        : DnsMessage.reply(question, 0, answers, truncated);
  }

  @Override
  public void close() {
    datagrams.close();
    try {
      streams.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
