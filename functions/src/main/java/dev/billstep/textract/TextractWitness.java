package dev.billstep.textract;

import dev.billstep.page.PageImage;
import dev.billstep.page.Picture;
import dev.billstep.page.SeenWord;
import dev.billstep.page.Word;
import dev.billstep.reading.Witness;
import java.awt.Dimension;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import javax.imageio.IIOException;
import javax.imageio.ImageIO;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.textract.TextractClient;
import software.amazon.awssdk.services.textract.model.Block;
import software.amazon.awssdk.services.textract.model.BlockType;

/** Amazon Textract's plain OCR, {@code DetectDocumentText}: a page a call. */
public final class TextractWitness implements Witness {

  /** As the environment names it. */
  public static final String NAME = "textract";

  /** Of a call with the SDK's own repetitions; a page takes two seconds or so. */
  public static final Duration LIMIT = Duration.ofSeconds(20);

  private static final Logger LOG = LogManager.getLogger(TextractWitness.class);

  /** Of 10 MB that it takes, in base64 (Amazon Textract developer guide, "Set Quotas"). */
  private static final int MOST_BYTES = 7_000_000;

  private static final Picture SMALLER = new Picture(Picture.Format.JPEG, 10_000, MOST_BYTES);

  private static final double PERCENT = 100;

  /** What it says of a page that it makes nothing of (API reference, "DetectDocumentText"). */
  private static final Set<String> OF_THE_PAGE = Set.of(
    "BadDocumentException",
    "DocumentTooLargeException",
    "UnsupportedDocumentException"
  );

  private static final Set<String> OF_THE_RATE = Set.of(
    "ProvisionedThroughputExceededException",
    "LimitExceededException"
  );

  private final TextractClient textract;

  public TextractWitness(TextractClient textract) {
    this.textract = textract;
  }

  @Override
  public String name() {
    return NAME;
  }

  /**
   * The words of a page's image, in reading order; none of one that Textract makes nothing of.
   *
   * @throws TextractUnavailable when it does not answer now
   * @throws TextractRefused when it may not be asked
   */
  @Override
  public List<SeenWord> words(PageImage page) {
    try {
      var image = SdkBytes.fromByteArrayUnsafe(
        page.bytes().length <= MOST_BYTES ? page.bytes() : SMALLER.of(page)
      );
      var size = size(page);
      return textract
        .detectDocumentText(request -> request.document(document -> document.bytes(image)))
        .blocks()
        .stream()
        .filter(block -> block.blockType() == BlockType.WORD)
        .map(block -> word(block, size))
        .toList();
    } catch (AwsServiceException e) {
      return withoutWords(page, e);
    } catch (SdkClientException e) {
      throw new TextractUnavailable(e);
    } catch (IOException e) {
      LOG.warn("Page {} can't be sent to Textract: {}", page.number(), e.getMessage());
      return List.of();
    }
  }

  private static List<SeenWord> withoutWords(PageImage page, AwsServiceException e) {
    var code = e.awsErrorDetails().errorCode();
    if (e.isThrottlingException() || e.statusCode() >= 500 || OF_THE_RATE.contains(code)) {
      throw new TextractUnavailable(e);
    }
    if (OF_THE_PAGE.contains(code)) {
      LOG.warn("Textract makes nothing of page {}: {}", page.number(), code);
      return List.of();
    }
    throw new TextractRefused(code, e);
  }

  /** Its places are shares of the page. */
  private static SeenWord word(Block block, Dimension page) {
    var box = block.geometry().boundingBox();
    return new SeenWord(
      new Word(
        block.text(),
        box.left() * page.width,
        box.top() * page.height,
        box.width() * page.width,
        box.height() * page.height
      ),
      block.confidence() / PERCENT
    );
  }

  private static Dimension size(PageImage page) throws IOException {
    try (var stream = ImageIO.createImageInputStream(new ByteArrayInputStream(page.bytes()))) {
      var readers = ImageIO.getImageReaders(stream);
      if (!readers.hasNext()) {
        throw new IIOException("what is stored is no image");
      }
      var reader = readers.next();
      try {
        reader.setInput(stream);
        return new Dimension(reader.getWidth(0), reader.getHeight(0));
      } finally {
        reader.dispose();
      }
    }
  }
}
