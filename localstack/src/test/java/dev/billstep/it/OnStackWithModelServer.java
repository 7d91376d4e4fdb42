package dev.billstep.it;

import dev.billstep.embedded.Engine;
import dev.billstep.embedded.Pace;
import java.util.Map;

/**
 * Gives tests an embedded stack of their own, with a key for a model server of theirs. Its waits are
 * a tenth of the usual ones.
 */
public final class OnStackWithModelServer extends StackExtension {

  static final String KEY = "a-key-of-these-tests-alone";

  static final Pace PACE = new Pace(10);

  public OnStackWithModelServer() {
    super(Engine.EMBEDDED, PACE, Map.of("openai_api_key", KEY));
  }

  @Override
  String turn() {
    return "the stack with a model server";
  }
}
