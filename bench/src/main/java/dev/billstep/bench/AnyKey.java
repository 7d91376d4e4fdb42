package dev.billstep.bench;

import dev.billstep.reading.ModelKeys;

/** For a server that looks at none. */
final class AnyKey implements ModelKeys {

  @Override
  public String key(String name) {
    return name;
  }

  @Override
  public String renewed(String name) {
    return name;
  }
}
