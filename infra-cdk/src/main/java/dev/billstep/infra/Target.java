package dev.billstep.infra;

import java.nio.file.Path;

/** What the app is synthesized for: the one switch between AWS and the embedded stack. */
public sealed interface Target {
  /** The folder or archive that becomes each function's code. */
  Path code();

  /**
   * AWS: the {@code java25} runtime.
   *
   * @param code the shaded artifact of the functions
   */
  record Aws(Path code) implements Target {}

  /**
   * The embedded stack: a bootstrap that hands invocations to a warm JVM, pages below a root that is
   * a parameter.
   *
   * @param code the folder with the bootstrap
   */
  record Embedded(Path code) implements Target {}
}
