package dev.billstep.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashMap;
import java.util.Map;

/**
 * A port on 127.0.0.1. Between the look whether it is free and its use by the process that is given
 * it, another stack may take it; so the usual one is for whoever holds its neighbour below.
 */
final class LoopbackPort {

  /** Held until this process ends, by the port that they are the right to. */
  private static final Map<Integer, ServerSocket> RIGHTS = new HashMap<>();

  private LoopbackPort() {}

  /** The usual port, given once; or another one where that is taken. */
  static synchronized int free(int usual) {
    try {
      if (RIGHTS.containsKey(usual)) {
        return open(0);
      }
      RIGHTS.put(usual, bound(usual - 1));
      return open(usual);
    } catch (IOException taken) {
      return any();
    }
  }

  private static int any() {
    try {
      return open(0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int open(int port) throws IOException {
    try (var socket = bound(port)) {
      return socket.getLocalPort();
    }
  }

  private static ServerSocket bound(int port) throws IOException {
    return new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
  }
}
