package dev.billstep.command;

import dev.billstep.reading.ModelKeys;
import dev.billstep.settings.SettingInvalid;
import java.util.Optional;

/** The keys that this machine knows, for models that are asked by this process itself. */
final class KnownKeys implements ModelKeys {

  @Override
  public String key(String name) {
    return Optional.ofNullable(ProviderKeys.known().get(name)).orElseThrow(() ->
      new SettingInvalid(name, "it is not set; billstep keys set does that")
    );
  }

  @Override
  public String renewed(String name) {
    return key(name);
  }
}
