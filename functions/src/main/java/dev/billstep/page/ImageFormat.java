package dev.billstep.page;

import java.util.Iterator;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;
import jj2000.j2k.util.FacilityManager;
import jj2000.j2k.util.MsgLogger;

/** A format of images, and the decoder of it that is used where there are several. */
enum ImageFormat {
  PNG("png", "PNG", "com.sun."),
  JPEG("jpeg", "JPEG", "com.twelvemonkeys."),
  TIFF("tiff", "TIFF", "com.twelvemonkeys."),
  WEBP("webp", "WebP", "com.twelvemonkeys."),
  JPEG_2000("jpeg2000", "JPEG 2000", "com.github.jaiimageio.");

  static {
    // By this class's loader: ImageIO goes by that of whatever thread has used it first.
    register(ImageFormat.class.getClassLoader());
    // The JPEG 2000 decoder writes what it thinks of a file to standard output.
    FacilityManager.registerMsgLogger(null, new Silence());
  }

  private final String name;
  private final String title;
  private final String decoder;

  ImageFormat(String name, String title, String decoder) {
    this.name = name;
    this.title = title;
    this.decoder = decoder;
  }

  /** As a user knows it. */
  String title() {
    return title;
  }

  /** A new decoder, to be disposed of. */
  ImageReader reader() {
    return readers()
      .filter(reader -> reader.getClass().getName().startsWith(decoder))
      .findFirst()
      .orElseThrow(() -> new IllegalStateException("There is no decoder for " + title));
  }

  private Stream<ImageReader> readers() {
    Iterable<ImageReader> readers = () -> ImageIO.getImageReadersByFormatName(name);
    return StreamSupport.stream(readers.spliterator(), false);
  }

  /** Makes the decoders of the class path known to ImageIO, which PDFBox asks for them. */
  static void load() {
    // The static initializer does it.
  }

  private static void register(ClassLoader loader) {
    var registry = IIORegistry.getDefaultInstance();
    Iterator<ImageReaderSpi> decoders = ServiceLoader.load(ImageReaderSpi.class, loader).iterator();
    decoders.forEachRemaining(spi -> {
      if (registry.getServiceProviderByClass(spi.getClass()) == null) {
        registry.registerServiceProvider(spi, ImageReaderSpi.class);
      }
    });
  }

  private static final class Silence implements MsgLogger {

    @Override
    public void printmsg(int severity, String message) {
      // What a page lacks is found by who draws it.
    }

    @Override
    public void println(String text, int first, int others) {
      // As above.
    }

    @Override
    public void flush() {
      // Nothing is kept.
    }
  }
}
