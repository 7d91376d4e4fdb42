package dev.billstep.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A port on 127.0.0.1, given out once: stacks that start at the same time take different ones. */
final class LoopbackPort {

  private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

  private LoopbackPort() {}

  /** The wanted port, or another one where that is taken. */
  static int free(int wanted) {
    if (GIVEN.add(wanted)) {
      try {
        return open(wanted);
      } catch (IOException taken) {
        return other();
      }
    }
    return other();
  }

  private static int other() {
    try {
      int port = open(0);
      while (!GIVEN.add(port)) {
        port = open(0);
      }
      return port;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int open(int port) throws IOException {
    try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
