package dev.billstep.offline;

import dev.billstep.ocr.PpOcr;
import dev.billstep.reading.ModelKeys;
import dev.billstep.reading.PageModel;
import dev.billstep.reading.PageModelProvider;
import dev.billstep.settings.ModelSettings;
import java.util.Optional;

/** The provider {@code offline}: no network, no key. */
public final class OfflineProvider implements PageModelProvider {

  private final PageText text;

  /** As the {@link java.util.ServiceLoader} makes it. */
  public OfflineProvider() {
    this(new LocalOcr(PpOcr.ofClassPath()));
  }

  /** With an OCR of the caller's, such as one that remembers what it has seen. */
  public OfflineProvider(PageOcr ocr) {
    this.text = new PageText(ocr);
  }

  @Override
  public String name() {
    return "offline";
  }

  @Override
  public Optional<String> keyName() {
    return Optional.empty();
  }

  @Override
  public void load() {
    PpOcr.ofClassPath().load();
  }

  @Override
  public PageModel open(ModelSettings settings, ModelKeys keys) {
    return model();
  }

  /** The one model that there is. */
  public PageModel model() {
    return new OfflineModel(text);
  }
}
