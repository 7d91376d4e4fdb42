package dev.billstep.page;

import java.io.IOException;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.pdmodel.graphics.color.PDColor;
import org.apache.pdfbox.pdmodel.graphics.color.PDPattern;
import org.apache.pdfbox.pdmodel.graphics.pattern.PDShadingPattern;
import org.apache.pdfbox.pdmodel.graphics.shading.PDShading;
import org.jspecify.annotations.Nullable;

/**
 * The colour gradients of a document's pages. One is drawn in a single step, which nothing can end: a
 * mesh takes all its pixels for each of its patches, a program is run for each pixel.
 */
final class Gradients {

  /** Of data: some hundred patches or triangles. A bill has none. */
  private static final long LARGEST_MESH = 16 << 10;

  /** Of a program in PostScript: those of colour tables and gradients are shorter by far. */
  private static final long LONGEST_PROGRAM = 2 << 10;

  /** As its function type. */
  private static final int PROGRAM = 4;

  private static final int DEEPEST = 8;

  private final EncodedStreams streams;

  Gradients(EncodedStreams streams) {
    this.streams = streams;
  }

  /** Whether a colour is a gradient that may take for ever. */
  boolean isTooComplex(PDColor color) throws IOException {
    return (
      color.getColorSpace() instanceof PDPattern patterns &&
      patterns.getPattern(color) instanceof PDShadingPattern pattern &&
      isTooComplex(pattern.getShading())
    );
  }

  /** Whether a gradient may take for ever. */
  boolean isTooComplex(@Nullable PDShading shading) throws IOException {
    if (shading == null) {
      return false;
    }
    var dictionary = shading.getCOSObject();
    boolean isLargeMesh =
      dictionary instanceof COSStream mesh && streams.isLongerThan(LARGEST_MESH, mesh);
    return isLargeMesh || isLongProgram(dictionary.getDictionaryObject(COSName.FUNCTION), 0);
  }

  /** Functions may be put together of others. */
  private boolean isLongProgram(@Nullable COSBase function, int depth) throws IOException {
    if (depth > DEEPEST) {
      return true;
    }
    if (function instanceof COSArray each) {
      for (int index = 0; index < each.size(); index++) {
        if (isLongProgram(each.getObject(index), depth + 1)) {
          return true;
        }
      }
    }
    if (function instanceof COSStream stream) {
      boolean isProgram = stream.getInt(COSName.FUNCTION_TYPE) == PROGRAM;
      return isProgram && streams.isLongerThan(LONGEST_PROGRAM, stream);
    }
    return (
      function instanceof COSDictionary stitched &&
      isLongProgram(stitched.getDictionaryObject(COSName.FUNCTIONS), depth + 1)
    );
  }
}
