package dev.billstep.lab;

import dev.billstep.failure.PermanentFailure;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Another process works in the lab's folder: what both may spend could not be held. */
public final class LabInUse extends PermanentFailure {

  private static final long serialVersionUID = 1L;

  LabInUse(Path journal, @Nullable Throwable cause) {
    super(
      "Another billstep eval is comparing models, and keeps its answers in %s. Wait for its end, or stop it.".formatted(
        journal.getParent()
      ),
      cause
    );
  }
}
