package dev.billstep.page;

import java.io.IOException;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import org.apache.pdfbox.contentstream.operator.Operator;
import org.apache.pdfbox.contentstream.operator.OperatorName;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.pdmodel.PDResources;
import org.jspecify.annotations.Nullable;

/** Looks at the images of a document's pages before PDFBox decodes them, which may be at once. */
final class PageImages {

  private final SplitLimits limits;
  private final EncodedStreams streams;
  private final IdentityHashMap<COSStream, Optional<Problem>> known = new IdentityHashMap<>();

  PageImages(SplitLimits limits, EncodedStreams streams) {
    this.limits = limits;
    this.streams = streams;
  }

  /**
   * What is wrong with the image that an operator draws, if it draws one.
   *
   * @param resources that the operator's names stand for
   */
  Optional<Problem> problem(
    Operator operator,
    List<COSBase> operands,
    @Nullable PDResources resources
  ) throws IOException {
    return switch (operator.getName()) {
      case OperatorName.DRAW_OBJECT -> ofObject(operands, resources);
      case OperatorName.BEGIN_INLINE_IMAGE -> inline(operator);
      default -> Optional.empty();
    };
  }

  private Optional<Problem> ofObject(List<COSBase> operands, @Nullable PDResources resources)
    throws IOException {
    if (resources == null) {
      return Optional.empty(); // Of a page that has none.
    }
    var objects = resources.getCOSObject().getCOSDictionary(COSName.XOBJECT);
    if (objects == null || operands.isEmpty() || !(operands.getFirst() instanceof COSName name)) {
      return Optional.empty();
    }
    var object = objects.getCOSStream(name);
    boolean isImage = object != null && COSName.IMAGE.equals(object.getCOSName(COSName.SUBTYPE));
    return isImage ? ofImage(object) : Optional.empty();
  }

  private Optional<Problem> ofImage(COSStream image) throws IOException {
    var before = known.get(image);
    if (before != null) {
      return before;
    }
    var problem = look(image);
    for (var maskName : List.of(COSName.SMASK, COSName.MASK)) {
      if (problem.isEmpty() && image.getDictionaryObject(maskName) instanceof COSStream mask) {
        problem = look(mask);
      }
    }
    known.put(image, problem);
    return problem;
  }

  private Optional<Problem> look(COSStream image) throws IOException {
    var declared = tooLarge(image.getLong(COSName.WIDTH, 1), image.getLong(COSName.HEIGHT, 1));
    if (declared.isPresent()) {
      return declared;
    }
    var embedded = EmbeddedImage.of(image);
    var found = embedded.flatMap(it -> tooLarge(it.width(), it.height()));
    if (found.isPresent()) {
      return found;
    }
    boolean isCutShort = embedded.filter(EmbeddedImage::isCutShort).isPresent();
    return isCutShort || streams.isBroken(image)
      ? Optional.of(new Problem(Omission.IMAGE, 0, 0))
      : Optional.empty();
  }

  private Optional<Problem> inline(Operator operator) throws IOException {
    var parameters = operator.getImageParameters();
    byte[] data = operator.getImageData();
    if (parameters == null || data == null) {
      return Optional.empty();
    }
    long width = parameters.getLong(COSName.W, parameters.getLong(COSName.WIDTH, 1));
    long height = parameters.getLong(COSName.H, parameters.getLong(COSName.HEIGHT, 1));
    var filter = parameters.getDictionaryObject(COSName.F, COSName.FILTER);
    return streams.isTooLarge(data, filter)
      ? Optional.of(new Problem(Omission.IMAGE_SIZE, width, height))
      : tooLarge(width, height);
  }

  private Optional<Problem> tooLarge(long width, long height) {
    return limits.isAllowed(width, height)
      ? Optional.empty()
      : Optional.of(new Problem(Omission.IMAGE_SIZE, width, height));
  }

  /**
   * What is wrong with an image.
   *
   * @param omission what is missing of it when it is drawn
   * @param width in pixels, {@code height} too, of one that is too large
   */
  record Problem(Omission omission, long width, long height) {
    /** Whether nothing of it can be drawn: its pixels could fill the memory. */
    boolean isTooLarge() {
      return omission == Omission.IMAGE_SIZE;
    }
  }
}
