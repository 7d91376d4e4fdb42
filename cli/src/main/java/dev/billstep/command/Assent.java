package dev.billstep.command;

import java.nio.charset.Charset;
import java.util.Scanner;
import picocli.CommandLine.Model.CommandSpec;

/** Whether what can't be undone is meant: asked at the terminal, or of the standard input. */
final class Assent {

  private Assent() {}

  /**
   * Asks.
   *
   * @param what is about to be done, as a sentence
   * @return whether the answer was yes; not where there is none
   */
  static boolean to(String what, CommandSpec spec) {
    var err = spec.commandLine().getErr();
    err.printf("%s%nDelete them? Type yes: ", what);
    err.flush();
    var answer = new Scanner(System.in, Charset.defaultCharset());
    return answer.hasNextLine() && answer.nextLine().strip().equals("yes");
  }
}
