package dev.billstep.intake;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.ZipException;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.io.input.ChecksumInputStream;

/** A ZIP ("APPNOTE.TXT - .ZIP File Format Specification", PKWARE). */
final class Archive {

  /** Of its first entry, and of the end of one without entries (4.3.7, 4.3.16). */
  private static final List<byte[]> BEGINNINGS = List.of(
    new byte[] { 'P', 'K', 3, 4 },
    new byte[] { 'P', 'K', 5, 6 }
  );

  /** What office programs' files have in them, which are ZIPs too (ECMA-376-2, ODF 1.3 part 2). */
  private static final List<String> OF_OFFICE_FILES = List.of("[Content_Types].xml", "mimetype");

  private Archive() {}

  /** Whether a file is one, by its content; those of office programs are what they are. */
  static boolean is(Path file) throws IOException {
    byte[] beginning;
    try (var in = Files.newInputStream(file)) {
      beginning = in.readNBytes(4);
    }
    return (
      BEGINNINGS.stream().anyMatch(each -> Arrays.equals(each, beginning)) && !isOfAnOffice(file)
    );
  }

  private static boolean isOfAnOffice(Path file) {
    try (var zip = open(file)) {
      return OF_OFFICE_FILES.stream().anyMatch(name -> zip.getEntry(name) != null);
    } catch (IOException damaged) {
      return false; // It is said when it is unpacked.
    }
  }

  private static ZipFile open(Path file) throws IOException {
    return ZipFile.builder().setPath(file).get();
  }

  /**
   * Takes what is in it, in its order.
   *
   * @throws UnpackingFailed where it is damaged
   */
  static void unpack(IncomingFile file, Unpacking inside) throws IOException, UnpackingFailed {
    try (var zip = open(file.content())) {
      for (var entry : Collections.list(zip.getEntries())) {
        if (!entry.isDirectory()) {
          take(zip, entry, file.name() + "/" + entry.getName().replace('\\', '/'), inside);
        }
      }
    } catch (ZipException e) {
      throw new UnpackingFailed("It is a damaged ZIP. Make it again, or send what is in it.", e);
    }
  }

  private static void take(ZipFile zip, ZipArchiveEntry entry, String name, Unpacking inside)
    throws IOException, UnpackingFailed {
    var kind = FileKind.of(entry.getName());
    if (kind == FileKind.DOCUMENT && entry.getGeneralPurposeBit().usesEncryption()) {
      inside.leaveOut(name, "It is in a ZIP with a password. Unpack it, and upload it alone.");
    } else if (kind == FileKind.DOCUMENT && !zip.canReadEntryData(entry)) {
      inside.leaveOut(name, "It is packed in a way that can't be read. Pack it as a common ZIP.");
    } else {
      inside.take(name, kind, () -> checked(zip, entry));
    }
  }

  /** It fails at its end where it is not what was packed. */
  private static InputStream checked(ZipFile zip, ZipArchiveEntry entry) throws IOException {
    return ChecksumInputStream.builder()
      .setInputStream(zip.getInputStream(entry))
      .setChecksum(new CRC32())
      .setExpectedChecksumValue(entry.getCrc())
      .setCountThreshold(entry.getSize())
      .get();
  }
}
