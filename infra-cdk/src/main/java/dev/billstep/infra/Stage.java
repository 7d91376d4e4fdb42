package dev.billstep.infra;

import software.amazon.awscdk.services.logs.RetentionDays;

/**
 * What differs between a stack to try things out and the one that people keep their accounts with.
 *
 * @param logRetention of every log group
 * @param logsPayloads whether the state machine logs what its states are given: references, and the
 *     sentences of failures
 * @param model how fast the model may be asked; without a limit in a stage of one's own
 */
record Stage(String name, RetentionDays logRetention, boolean logsPayloads, ModelRate model) {
  static final Stage DEV = new Stage("dev", RetentionDays.ONE_MONTH, true, ModelRate.UNLIMITED);

  static Stage prod(ModelRate model) {
    return new Stage("prod", RetentionDays.SIX_MONTHS, false, model);
  }

  /** As the CDK app is told by its context: {@code -c stage=prod}. */
  static Stage named(String name, ModelRate model) {
    return switch (name) {
      case "dev" -> DEV;
      case "prod" -> prod(model);
      default -> throw new IllegalArgumentException(
        "There is no stage \"%s\": choose dev or prod.".formatted(name)
      );
    };
  }
}
