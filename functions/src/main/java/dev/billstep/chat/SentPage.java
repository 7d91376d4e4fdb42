package dev.billstep.chat;

import dev.billstep.page.PageImage;
import dev.billstep.page.Picture;
import dev.billstep.reading.PageUnsendable;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.ImageContent.DetailLevel;
import java.io.IOException;
import java.util.Base64;

/** A page's image as it is sent. */
final class SentPage {

  private SentPage() {}

  /**
   * A page's image, encoded.
   *
   * @throws PageUnsendable when it can't be decoded, or nothing comes of encoding it
   */
  static ImageContent of(PageImage page, Picture wanted, DetailLevel detail) {
    try {
      return ImageContent.from(
        Base64.getEncoder().encodeToString(page.picture(wanted)),
        wanted.format().mediaType(),
        detail
      );
    } catch (IOException e) {
      throw new PageUnsendable(page.number(), String.valueOf(e.getMessage()));
    }
  }
}
