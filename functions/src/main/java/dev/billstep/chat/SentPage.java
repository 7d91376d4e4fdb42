package dev.billstep.chat;

import dev.billstep.page.PageImage;
import dev.billstep.page.Picture;
import dev.billstep.reading.PageUnsendable;
import dev.billstep.settings.SentImage;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.ImageContent.DetailLevel;
import java.io.IOException;
import java.util.Base64;
import javax.imageio.IIOException;

/** A page's image as it is sent: no larger than a model looks at. */
final class SentPage {

  /** Of 5 MB, which Anthropic and Bedrock take of an image in base64. */
  private static final int MOST_BYTES = 3_500_000;

  private SentPage() {}

  /**
   * A page's image, encoded.
   *
   * @throws PageUnsendable when it can't be decoded, or nothing comes of encoding it
   */
  static ImageContent of(PageImage page, SentImage wanted, DetailLevel detail) {
    var picture = new Picture(wanted.longEdge(), MOST_BYTES);
    boolean isPng = wanted.format() == SentImage.Format.PNG;
    try {
      var bytes = isPng ? picture.png(page) : picture.jpeg(page);
      if (bytes.length == 0) {
        throw new IIOException("nothing came of encoding it");
      }
      return ImageContent.from(
        Base64.getEncoder().encodeToString(bytes),
        isPng ? "image/png" : "image/jpeg",
        detail
      );
    } catch (IOException e) {
      throw new PageUnsendable(page.number(), String.valueOf(e.getMessage()));
    }
  }
}
