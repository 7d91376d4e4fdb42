package dev.billstep.deployment;

/**
 * The names of a stage's stacks, such as {@code Billstep-dev-Data}.
 *
 * @param stage {@code dev} or {@code prod}
 */
public record StackNames(String stage) {
  /** Of a stack of one's own, and of the embedded one. */
  public static final StackNames DEV = new StackNames("dev");

  /** What outlives deployments. */
  public String data() {
    return named("Data");
  }

  /** The functions and the state machine. */
  public String pipeline() {
    return named("Pipeline");
  }

  /** Alarms and the dashboard. */
  public String operations() {
    return named("Operations");
  }

  /** The review page, where it is wanted. */
  public String review() {
    return named("Review");
  }

  private String named(String kind) {
    return "Billstep-%s-%s".formatted(stage, kind);
  }
}
