package dev.billstep.doctor;

/**
 * What was found of one thing that has to be right.
 *
 * @param subject what was looked at
 */
public record Diagnosis(String subject, Finding finding) {
  /** How it is. */
  public sealed interface Finding {}

  /**
   * As it should be.
   *
   * @param detail such as its version
   */
  public record Sound(String detail) implements Finding {}

  /**
   * Not as it should be.
   *
   * @param remedy what to do about it
   */
  public record Fault(String problem, String remedy) implements Finding {
    public static Fault of(RuntimeException failure, String remedy) {
      return new Fault(String.valueOf(failure.getMessage()), remedy);
    }
  }

  /**
   * Not to be known before something else is mended.
   *
   * @param because what that is
   */
  public record Unknown(String because) implements Finding {}

  public boolean isFault() {
    return finding instanceof Fault;
  }
}
