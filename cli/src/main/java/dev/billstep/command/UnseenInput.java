package dev.billstep.command;

import java.io.Console;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.util.Optional;

/**
 * What is never on a command line, where shells remember it and others see it: it is asked for at the
 * terminal, or comes through the standard input.
 */
final class UnseenInput {

  private UnseenInput() {}

  static boolean isTyped() {
    return console().isPresent();
  }

  /**
   * Asks for it.
   *
   * @param question for whoever types
   * @param bytes that are read at most where it is piped: a file that was piped by mistake is not kept
   */
  static String ask(String question, int bytes) {
    return console()
      .map(console -> typed(console, question))
      .orElseGet(() -> piped(bytes));
  }

  private static Optional<Console> console() {
    return Optional.ofNullable(System.console()).filter(Console::isTerminal);
  }

  private static String typed(Console console, String question) {
    var typed = console.readPassword("%s", question);
    return typed == null ? "" : new String(typed);
  }

  private static String piped(int bytes) {
    try {
      return new String(System.in.readNBytes(bytes), Charset.defaultCharset());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
