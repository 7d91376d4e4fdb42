package dev.billstep.lambda;

import org.crac.Context;
import org.crac.Core;
import org.crac.Resource;

/**
 * What a function does once before SnapStart takes its snapshot, so that the first invocation finds
 * it done (AWS Lambda developer guide, "Lambda SnapStart runtime hooks"). Only what has no effect,
 * and what leaves no connection behind that would be dead after the restore.
 */
final class Priming implements Resource {

  /** Keeps the hook alive: CRaC holds it weakly. */
  private static final Priming HOOK = new Priming();

  private Priming() {}

  static void register() {
    Core.getGlobalContext().register(HOOK);
  }

  @Override
  public void beforeCheckpoint(Context<? extends Resource> context) {
    try {
      Composition.ofFunction().prime();
    } catch (RuntimeException e) {
      // A first deployment has no keys yet, and not every function may read pages: what was loaded on
      // the way there is loaded, and a failure here would end the deployment.
      StepLog.note("primed in part", e);
    }
  }

  @Override
  public void afterRestore(Context<? extends Resource> context) {
    // Settings and keys that were fetched before are older than their caches keep them.
  }
}
