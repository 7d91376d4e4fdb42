package dev.billstep.reading;

import dev.billstep.page.Picture;
import dev.billstep.settings.ModelSettings;
import dev.billstep.settings.SettingInvalid;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** The models that this process can open, each opened once. */
public final class PageModels {

  private final List<PageModelProvider> providers;
  private final ModelKeys keys;
  private final Map<ModelSettings, PageModel> open = new ConcurrentHashMap<>();
  private final Map<ModelSettings, BatchInterface> batches = new ConcurrentHashMap<>();

  public PageModels(List<PageModelProvider> providers, ModelKeys keys) {
    this.providers = List.copyOf(providers);
    this.keys = keys;
  }

  /**
   * The model that the settings name.
   *
   * @throws SettingInvalid when no provider has the settings' name
   */
  public PageModel model(ModelSettings settings) {
    return open.computeIfAbsent(settings, wanted -> provider(wanted).open(wanted, keys));
  }

  /**
   * The batch interface of the model that the settings name.
   *
   * @throws SettingInvalid when its provider has none, or there is no such provider
   */
  public BatchInterface batches(ModelSettings settings) {
    return batches.computeIfAbsent(settings, wanted ->
      provider(wanted)
        .openBatches(wanted, keys)
        .orElseThrow(() ->
          new SettingInvalid(
            "batch",
            (
              "the provider \"%s\" has no batch interface that holds answers to a schema; set batch to " +
              "false, or choose another model"
            ).formatted(wanted.provider())
          )
        )
    );
  }

  /**
   * What these settings' model is sent of a page's image to say what the page is; none where it looks at the image
   * itself, or this process has no provider for it.
   */
  public Optional<Picture> pictureToClassify(ModelSettings settings) {
    return find(settings).flatMap(provider -> provider.pictureToClassify(settings));
  }

  /** What it is sent to read the page; none likewise. */
  public Optional<Picture> pictureToRead(ModelSettings settings) {
    return find(settings).flatMap(provider -> provider.pictureToRead(settings));
  }

  private PageModelProvider provider(ModelSettings wanted) {
    return find(wanted).orElseThrow(() -> noSuchProvider(wanted));
  }

  private Optional<PageModelProvider> find(ModelSettings wanted) {
    return providers
      .stream()
      .filter(provider -> provider.name().equals(wanted.provider()))
      .findFirst();
  }

  /**
   * Refuses a model that could not be asked for want of its provider's key. What this process has no
   * provider for is left to the one that opens it: not all of them read pages.
   *
   * @throws SettingInvalid when there is no key
   */
  public void check(ModelSettings settings) {
    find(settings).flatMap(PageModelProvider::keyName).ifPresent(keys::key);
  }

  private SettingInvalid noSuchProvider(ModelSettings wanted) {
    var names = providers.stream().map(PageModelProvider::name).sorted();
    return new SettingInvalid(
      "model",
      "there is no provider \"%s\"; there are: %s".formatted(
        wanted.provider(),
        names.collect(Collectors.joining(", "))
      )
    );
  }
}
