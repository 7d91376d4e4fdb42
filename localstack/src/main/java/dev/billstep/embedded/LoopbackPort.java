package dev.billstep.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** A port on 127.0.0.1. */
final class LoopbackPort {

  private LoopbackPort() {}

  /** The wanted port, or another one where that is taken. */
  static int free(int wanted) {
    try {
      return open(wanted);
    } catch (IOException taken) {
      try {
        return open(0);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static int open(int port) throws IOException {
    try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
