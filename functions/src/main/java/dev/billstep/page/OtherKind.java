package dev.billstep.page;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/** Kinds of file that users upload and that can't be read, by their first bytes. */
enum OtherKind {
  HEIC("a phone's HEIC photo", Advice.PHOTO, "....ftyp(he|mif1|msf1)"),
  AVIF("an AVIF picture", Advice.PHOTO, "....ftypavi"),
  VIDEO("a video", Advice.PHOTO, "....ftyp"),
  JPEG_XL("a JPEG XL picture", Advice.PHOTO, "\u00ff\n|\0\0\0\fJXL "),
  GIF("a GIF picture", Advice.PHOTO, "GIF8"),
  BMP("a Windows bitmap (BMP)", Advice.PHOTO, "BM....\0\0\0\0"),
  PHOTOSHOP("a Photoshop picture", Advice.PHOTO, "8BPS"),
  JBIG2("a JBIG2 picture", Advice.PHOTO, "\u0097JB2"),
  OFFICE("an Office document, such as Word or Excel", Advice.PRINT, "\u00d0\u00cf\u0011\u00e0"),
  ZIP("a Word, Excel or ZIP file", Advice.PRINT, "PK\u0003\u0004"),
  PACKED("a packed file", Advice.PRINT, "Rar!|7z\u00bc\u00af"),
  RTF("a text document (RTF)", Advice.PRINT, "\\{\\\\rtf"),
  POSTSCRIPT("a PostScript file", Advice.PRINT, "%!PS"),
  XML("a web page or an XML file", Advice.PRINT, "\\s*<");

  private final String what;
  private final Advice advice;
  private final Pattern beginning;

  OtherKind(String what, Advice advice, String beginning) {
    this.what = what;
    this.advice = advice;
    this.beginning = Pattern.compile(beginning, Pattern.DOTALL);
  }

  /** As a clerk would call it, with its article. */
  String what() {
    return what;
  }

  /** What to do instead. */
  String advice() {
    return advice.sentence;
  }

  /**
   * The kind of a file.
   *
   * @param head its first bytes, each as a character
   */
  static Optional<OtherKind> of(String head) {
    return Arrays.stream(values())
      .filter(kind -> kind.beginning.matcher(head).lookingAt())
      .findFirst();
  }

  private enum Advice {
    PHOTO("Save it as a JPEG or a PDF, and upload that."),
    PRINT("Print it to a PDF, and upload that.");

    private final String sentence;

    Advice(String sentence) {
      this.sentence = sentence;
    }
  }
}
