package dev.billstep.reading;

import dev.billstep.settings.ModelSettings;

/** Opens the models of one provider. Found by {@link java.util.ServiceLoader}. */
public interface PageModelProvider {
  /** As the {@code model} setting names it. */
  String name();

  PageModel open(ModelSettings settings);
}
