package dev.billstep.it;

import dev.billstep.embedded.Engine;
import java.util.Locale;

/** Gives tests the embedded stack; {@code -Dstack=localstack} runs the same suite on LocalStack. */
public final class OnEmbeddedStack extends StackExtension {

  public static final Engine ENGINE = Engine.valueOf(
    System.getProperty("stack", "embedded").toUpperCase(Locale.ROOT)
  );

  public OnEmbeddedStack() {
    super(ENGINE);
  }
}
