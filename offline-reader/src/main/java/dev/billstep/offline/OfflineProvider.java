package dev.billstep.offline;

import dev.billstep.ocr.PpOcr;
import dev.billstep.reading.ModelKeys;
import dev.billstep.reading.PageModel;
import dev.billstep.reading.PageModelProvider;
import dev.billstep.settings.ModelSettings;
import java.util.Optional;

/** The provider {@code offline}: no network, no key. */
public final class OfflineProvider implements PageModelProvider {

  private final PageText text = new PageText(new PpOcr());

  @Override
  public String name() {
    return "offline";
  }

  @Override
  public Optional<String> keyName() {
    return Optional.empty();
  }

  @Override
  public PageModel open(ModelSettings settings, ModelKeys keys) {
    return new OfflineModel(text);
  }
}
