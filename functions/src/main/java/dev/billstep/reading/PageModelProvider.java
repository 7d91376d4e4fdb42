package dev.billstep.reading;

import dev.billstep.page.Picture;
import dev.billstep.settings.ModelSettings;
import java.util.Optional;

/** Opens the models of one provider. Found by {@link java.util.ServiceLoader}. */
public interface PageModelProvider {
  /** As the {@code model} setting names it. */
  String name();

  /** Of the key that it needs, as the keys' secret has it; none where it needs none. */
  Optional<String> keyName();

  /** Loads what every model of it needs, where that takes long enough to be begun before a page is there. */
  default void load() {}

  /**
   * What a model is sent of a page's image to say what the page is, however often it is asked; none where it
   * looks at the image itself.
   */
  default Optional<Picture> pictureToClassify(ModelSettings settings) {
    return Optional.empty();
  }

  /** What a model is sent of a page's image to read the page; none where it looks at the image itself. */
  default Optional<Picture> pictureToRead(ModelSettings settings) {
    return Optional.empty();
  }

  /**
   * Opens a model.
   *
   * @param keys where the provider's key is, if it needs one
   */
  PageModel open(ModelSettings settings, ModelKeys keys);

  /** Opens its batch interface, where it has one that holds answers to a schema. */
  default Optional<BatchInterface> openBatches(ModelSettings settings, ModelKeys keys) {
    return Optional.empty();
  }
}
