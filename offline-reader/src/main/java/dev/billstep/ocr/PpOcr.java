package dev.billstep.ocr;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.jspecify.annotations.Nullable;

/**
 * PP-OCRv6 on the JVM. Its models are loaded when the first page needs them, in less than a second.
 * Pages take turns: each uses every core, and a few hundred MB.
 */
public final class PpOcr {

  private final OcrModels models;
  private @Nullable Networks networks;

  /** With the models on this class path: one for the whole process, whoever reads by it. */
  public static PpOcr ofClassPath() {
    return OfClassPath.READER;
  }

  /** With the models on another class path. */
  public PpOcr(ClassLoader classPath) {
    this(new OcrModels(classPath));
  }

  PpOcr(OcrModels models) {
    this.models = models;
  }

  /**
   * Reads a page.
   *
   * @param image a PNG, or another format that Java's {@code ImageIO} knows
   * @throws OcrFailed where it is no such image, or the networks can't be run
   * @throws OcrModelsMissing where there are no models
   */
  public synchronized OcrText read(byte[] image) {
    return read(decoded(image)); // In its turn: whoever waits holds no pixels.
  }

  /**
   * Reads a page.
   *
   * @throws OcrFailed where the networks can't be run
   * @throws OcrModelsMissing where there are no models
   */
  public synchronized OcrText read(BufferedImage image) {
    return networks().read(GrayPage.of(image));
  }

  /**
   * Reads what stands at places of a page that are known, such as those of a text layer's words. It
   * takes a small part of the time that the whole page takes.
   *
   * @param image as for the whole page; upright
   * @param places around letters from their top to their bottom, in the image's pixels
   * @return of each place in their order what is seen there, if anything
   * @throws OcrFailed where it is no such image, or the networks can't be run
   * @throws OcrModelsMissing where there are no models
   */
  public synchronized List<SeenAtPlace> readAt(byte[] image, List<Box> places) {
    return networks().readAt(GrayPage.of(decoded(image)), places);
  }

  /**
   * Loads the models, where they are not loaded: the first page finds it done.
   *
   * @throws OcrFailed where they can't be loaded
   * @throws OcrModelsMissing where there are no models
   */
  public synchronized void load() {
    networks();
  }

  private Networks networks() {
    if (networks == null) {
      networks = Networks.load(models);
    }
    return networks;
  }

  private static BufferedImage decoded(byte[] bytes) {
    try {
      // A stream would be copied to a file first.
      var image = ImageIO.read(new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes)));
      if (image == null) {
        throw new OcrFailed("it is in no format that is known", null);
      }
      return image;
    } catch (IOException e) {
      throw new OcrFailed("it is damaged", e);
    }
  }

  private static final class OfClassPath {

    static final PpOcr READER = new PpOcr(PpOcr.class.getClassLoader());
  }

  /** Both networks, loaded. */
  private record Networks(LineFinder finder, LineReader reader) {
    /** A single thread runs a batch of lines: batches run side by side. */
    private static final int THREADS_OF_A_BATCH = 1;

    static Networks load(OcrModels models) {
      int cores = Runtime.getRuntime().availableProcessors();
      var recogniser = LatinRecogniser.of(models.recogniser());
      return new Networks(
        new LineFinder(Network.of(models.detector(), cores)),
        new LineReader(Network.of(recogniser.onnx(), THREADS_OF_A_BATCH), recogniser.characters())
      );
    }

    OcrText read(GrayPage image) {
      var seen = SeenPage.upright(image, finder, reader);
      var skew = Skew.of(seen.strips());
      return new OcrText(
        ReadingOrder.of(
          seen
            .lines()
            .stream()
            .map(line ->
              line.placed(skew::level, place ->
                seen.turn().back(place, image.width(), image.height())
              )
            )
            .toList()
        )
      );
    }

    List<SeenAtPlace> readAt(GrayPage image, List<Box> places) {
      return reader
        .readEach(image, places.stream().map(Strip::around).toList())
        .stream()
        .map(SeenAtPlace::of)
        .toList();
    }
  }
}
