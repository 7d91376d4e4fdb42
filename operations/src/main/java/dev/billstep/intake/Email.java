package dev.billstep.intake;

import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeUtility;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UnsupportedEncodingException;
import java.nio.file.Files;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/** A letter with its attachments (RFC 5322, RFC 2045 to 2049). */
final class Email {

  /** An image of the letter itself, a logo or a rule, is smaller than any photograph of a bill. */
  private static final int OF_THE_LETTER_BYTES = 40_000;

  /** Parts within parts: letters that were forwarded again and again. */
  private static final int DEEPEST = 20;

  /** By type, for attachments whose names don't say what they are. */
  private static final Map<String, String> ENDINGS = Map.of(
    "application/pdf",
    ".pdf",
    "image/jpeg",
    ".jpg",
    "image/png",
    ".png",
    "image/tiff",
    ".tiff",
    "image/webp",
    ".webp",
    "application/zip",
    ".zip",
    "application/x-zip-compressed",
    ".zip"
  );

  private final String name;
  private final Unpacking inside;
  private int unnamed;

  private Email(String name, Unpacking inside) {
    this.name = name;
    this.inside = inside;
  }

  /**
   * Takes its attachments, in their order, also those of letters that are attached.
   *
   * @throws UnpackingFailed where it is none
   */
  static void unpack(IncomingFile file, Unpacking inside) throws IOException, UnpackingFailed {
    try (var in = new BufferedInputStream(Files.newInputStream(file.content()))) {
      var letter = new MimeMessage(Session.getInstance(new Properties()), in);
      new Email(file.name(), inside).take(letter, 0);
    } catch (MessagingException e) {
      throw new UnpackingFailed("It can't be read as an e-mail. Send its attachments instead.", e);
    }
  }

  private void take(Part part, int depth) throws MessagingException, IOException, UnpackingFailed {
    if (depth > DEEPEST) {
      throw new UnpackingFailed(
        "Its parts lie too deep in each other. Send its attachments instead."
      );
    }
    if (part.isMimeType("multipart/*") && part.getContent() instanceof Multipart parts) {
      for (int i = 0; i < parts.getCount(); i++) {
        take(parts.getBodyPart(i), depth + 1);
      }
    } else if (part.isMimeType("message/rfc822") && part.getContent() instanceof Part letter) {
      take(letter, depth + 1);
    } else if (!isOfTheLetter(part)) {
      var attached = nameOf(part);
      inside.take(name + "/" + attached, FileKind.of(attached), () -> content(part));
    }
  }

  private static InputStream content(Part part) throws IOException {
    try {
      return part.getInputStream();
    } catch (MessagingException e) {
      throw new IOException(e);
    }
  }

  /** Its text, its pictures, and what only mail programs read. */
  private static boolean isOfTheLetter(Part part) throws MessagingException {
    boolean isText =
      part.isMimeType("text/*") && !Part.ATTACHMENT.equalsIgnoreCase(part.getDisposition());
    boolean isSignature =
      part.isMimeType("application/pgp-signature") ||
      part.isMimeType("application/pkcs7-signature") ||
      part.isMimeType("application/x-pkcs7-signature") ||
      part.isMimeType("message/delivery-status");
    return isText || isSignature || isPictureOfTheLetter(part);
  }

  private static boolean isPictureOfTheLetter(Part part) throws MessagingException {
    boolean isShownInIt =
      part instanceof BodyPart &&
      part.getHeader("Content-ID") != null &&
      part.isMimeType("image/*");
    // Without its transfer encoding; telephones show photographs in the letter, which are larger.
    return isShownInIt && part.getSize() >= 0 && part.getSize() < OF_THE_LETTER_BYTES;
  }

  private String nameOf(Part part) throws MessagingException {
    var given = Optional.ofNullable(part.getFileName())
      .map(Email::decoded)
      .filter(each -> !each.isBlank());
    var type = part.getContentType().replaceFirst(";.*$", "").strip().toLowerCase(Locale.ROOT);
    var ending = Optional.ofNullable(ENDINGS.get(type.replaceAll("\\s.*$", "")));
    var wanted = given.orElseGet(() -> "attachment-" + ++unnamed).replaceAll("[/\\\\]", "_");
    return FileKind.of(wanted) == FileKind.OTHER ? wanted + ending.orElse("") : wanted;
  }

  /** Many programs write names as they write subjects (RFC 2047), though RFC 2231 is meant for them. */
  private static String decoded(String name) {
    try {
      return MimeUtility.decodeText(MimeUtility.unfold(name));
    } catch (UnsupportedEncodingException unknown) {
      return name;
    }
  }
}
