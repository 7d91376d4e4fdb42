package dev.billstep.it;

import dev.billstep.embedded.Engine;
import java.util.Map;

/** Gives tests an embedded stack of their own, with a key for a model server of theirs. */
public final class OnStackWithModelServer extends StackExtension {

  static final String KEY = "a-key-of-these-tests-alone";

  public OnStackWithModelServer() {
    super(Engine.EMBEDDED, Map.of("openai_api_key", KEY));
  }
}
