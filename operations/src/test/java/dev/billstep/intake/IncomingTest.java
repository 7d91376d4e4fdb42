package dev.billstep.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IncomingTest {

  private static final byte[] BILL = "%PDF-1.7 a bill".getBytes(UTF_8);

  @TempDir
  private Path folder;

  @Test
  void aFileIsADocumentByItself() throws IOException {
    var file = Files.write(folder.resolve("bill"), BILL);
    try (var incoming = new Incoming().add("scans/bill", file)) {
      assertThat(incoming.documents()).containsExactly(new IncomingFile("scans/bill", file));
      assertThat(incoming.documents().getFirst().fileName()).isEqualTo("bill");
      assertThat(incoming.leftOut()).isEmpty();
    }
  }

  @Test
  void anArchiveIsTheDocumentsInIt() throws IOException {
    var file = write(
      "march.zip",
      zip("shop/a.pdf", BILL, "shop/b.JPG", BILL, "__MACOSX/._a.pdf", BILL, ".DS_Store", BILL)
    );
    try (var incoming = new Incoming().add("march.zip", file)) {
      assertThat(names(incoming)).containsExactly("march.zip/shop/a.pdf", "march.zip/shop/b.JPG");
      assertThat(incoming.documents().getFirst().content()).hasBinaryContent(BILL);
      assertThat(incoming.leftOut()).isEmpty();
    }
  }

  @Test
  void whatIsNoDocumentIsLeftOutAndSaid() throws IOException {
    var file = write("march.zip", zip("list.xlsx", BILL, "a.pdf", BILL));
    try (var incoming = new Incoming().add("march.zip", file)) {
      assertThat(names(incoming)).containsExactly("march.zip/a.pdf");
      assertThat(incoming.leftOut()).containsExactly(
        new LeftOut("march.zip/list.xlsx", "It is neither a PDF nor a picture, a ZIP or an e-mail.")
      );
    }
  }

  @Test
  void anArchiveWithoutDocumentsIsSaid() throws IOException {
    try (var incoming = new Incoming().add("empty.zip", write("empty.zip", zip()))) {
      assertThat(incoming.documents()).isEmpty();
      assertThat(incoming.leftOut()).containsExactly(
        new LeftOut("empty.zip", "There is no PDF or picture in it.")
      );
    }
  }

  @Test
  void aDamagedDocumentDoesNotKeepTheOthersBack() throws IOException {
    var damaged = zip("a.pdf", BILL, "b.pdf", "%PDF-1.7 another one".getBytes(UTF_8));
    // In the middle of the first one's packed bytes.
    damaged[40] ^= 0x55;
    try (var incoming = new Incoming().add("m.zip", write("m.zip", damaged))) {
      assertThat(names(incoming)).containsExactly("m.zip/b.pdf");
      assertThat(incoming.leftOut()).containsExactly(
        new LeftOut("m.zip/a.pdf", "It is damaged in the file that it came in. Send it alone.")
      );
    }
  }

  @Test
  void aTruncatedArchiveIsSaid() throws IOException {
    var whole = zip("a.pdf", BILL);
    var half = Arrays.copyOf(whole, whole.length / 2);
    try (var incoming = new Incoming().add("m.zip", write("m.zip", half))) {
      assertThat(incoming.leftOut()).containsExactly(
        new LeftOut("m.zip", "It is a damaged ZIP. Make it again, or send what is in it.")
      );
    }
  }

  @Test
  void archivesInArchivesAreUnpackedThreeDeep() throws IOException {
    var packed = zip("a.pdf", BILL);
    for (int i = 0; i < 3; i++) {
      packed = zip("in.zip", packed, "b.pdf", BILL);
    }
    try (var incoming = new Incoming().add("m.zip", write("m.zip", packed))) {
      assertThat(names(incoming)).containsExactly(
        "m.zip/in.zip/in.zip/b.pdf",
        "m.zip/in.zip/b.pdf",
        "m.zip/b.pdf"
      );
      assertThat(incoming.leftOut()).containsExactly(
        new LeftOut(
          "m.zip/in.zip/in.zip/in.zip",
          "It is packed too deeply. Unpack it, and upload what is in it."
        )
      );
    }
  }

  @Test
  void anArchiveOfTooManyFilesGivesThoseThatItMay() throws IOException {
    var named = new ArrayList<Object>();
    for (int i = 0; i <= Unpacking.MOST_FILES; i++) {
      named.add(i + ".pdf");
      named.add(new byte[1]);
    }
    try (var incoming = new Incoming().add("m.zip", write("m.zip", zip(named.toArray())))) {
      assertThat(incoming.documents()).hasSize(Unpacking.MOST_FILES);
      assertThat(incoming.leftOut()).containsExactly(
        new LeftOut(
          "m.zip",
          "There are more than 2,000 files in it; the others are left out. Upload it in parts."
        )
      );
    }
  }

  @Test
  void anOfficeFileIsNoArchive() throws IOException {
    var file = write("list.xlsx", zip("[Content_Types].xml", BILL, "xl/media/logo.png", BILL));
    try (var incoming = new Incoming().add("list.xlsx", file)) {
      assertThat(names(incoming)).containsExactly("list.xlsx");
    }
  }

  @Test
  void anEmailIsTheDocumentsThatAreAttached() throws IOException {
    var letter = letter(
      attachment("application/pdf", "attachment; filename=\"bill 7.pdf\"", BILL),
      attachment(
        "application/octet-stream",
        "attachment; filename=\"=?UTF-8?B?4KSs4KS/4KSyLnBkZg==?=\"",
        BILL
      ),
      attachment("image/jpeg", "inline", new byte[60_000]),
      attachment(
        "image/png; name=logo.png",
        "inline; filename=logo.png\r\nContent-ID: <logo>",
        BILL
      ),
      attachment("application/pdf", "attachment; filename=\"..\\\\..\\\\up.pdf\"", BILL),
      attachment("application/x-zip-compressed", "attachment", zip("in/a.pdf", BILL)),
      attachment("text/calendar", "attachment; filename=when.ics", BILL)
    );
    try (var incoming = new Incoming().add("order.eml", write("order.eml", letter))) {
      assertThat(names(incoming)).containsExactly(
        "order.eml/bill 7.pdf",
        "order.eml/बिल.pdf",
        "order.eml/attachment-1.jpg",
        "order.eml/attachment-2.zip/in/a.pdf"
      );
      assertThat(incoming.documents().getFirst().content()).hasBinaryContent(BILL);
      assertThat(incoming.leftOut())
        .extracting(LeftOut::name)
        .containsExactly("order.eml/when.ics");
    }
  }

  @Test
  void aForwardedLettersAttachmentsAreTaken() throws IOException {
    var inner = letter(attachment("application/pdf", "attachment; filename=bill.pdf", BILL));
    var outer = letter("Content-Type: message/rfc822\r\n\r\n" + new String(inner, UTF_8));
    try (var incoming = new Incoming().add("fwd.eml", write("fwd.eml", outer))) {
      assertThat(names(incoming)).containsExactly("fwd.eml/bill.pdf");
    }
  }

  @Test
  void aLetterWithNothingAttachedIsSaid() throws IOException {
    try (var incoming = new Incoming().add("hello.eml", write("hello.eml", letter()))) {
      assertThat(incoming.leftOut()).containsExactly(
        new LeftOut("hello.eml", "There is no PDF or picture in it.")
      );
    }
  }

  @Test
  void whatWasUnpackedIsGoneAfterwards() throws IOException {
    Path unpacked;
    try (var incoming = new Incoming().add("m.zip", write("m.zip", zip("a.pdf", BILL)))) {
      unpacked = incoming.documents().getFirst().content();
      assertThat(unpacked).exists();
    }
    assertThat(unpacked).doesNotExist();
    assertThat(unpacked.getParent()).doesNotExist();
  }

  private static List<String> names(Incoming incoming) {
    return incoming.documents().stream().map(IncomingFile::name).toList();
  }

  private Path write(String name, byte[] bytes) throws IOException {
    return Files.write(folder.resolve(name), bytes);
  }

  /** Of names and contents in turn. */
  private static byte[] zip(Object... files) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(bytes)) {
      for (int i = 0; i < files.length; i += 2) {
        zip.putNextEntry(new ZipEntry((String) files[i]));
        zip.write((byte[]) files[i + 1]);
      }
    }
    return bytes.toByteArray();
  }

  private static byte[] letter(String... parts) {
    int edge = Math.abs(Arrays.hashCode(parts)); // Letters in letters have other ones.
    var text = new StringBuilder(
      "From: Shop <shop@firm.example>\r\nSubject: Your bill\r\nMIME-Version: 1.0\r\n" +
        "Content-Type: multipart/mixed; boundary=edge-%1$d\r\n\r\n".formatted(edge) +
        "--edge-%d\r\nContent-Type: text/plain\r\n\r\nPlease pay.\r\n".formatted(edge)
    );
    for (var part : parts) {
      text.append("--edge-%d\r\n".formatted(edge)).append(part).append("\r\n");
    }
    return text.append("--edge-%d--\r\n".formatted(edge)).toString().getBytes(UTF_8);
  }

  private static String attachment(String type, String disposition, byte[] content) {
    return "Content-Type: %s\r\nContent-Disposition: %s\r\nContent-Transfer-Encoding: base64\r\n\r\n%s".formatted(
      type,
      disposition,
      Base64.getMimeEncoder().encodeToString(content)
    );
  }
}
