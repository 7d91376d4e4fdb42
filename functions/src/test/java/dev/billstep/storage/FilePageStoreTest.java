package dev.billstep.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.billstep.job.JobId;
import dev.billstep.page.BlobChanged;
import dev.billstep.page.BlobMissing;
import dev.billstep.page.Picture;
import dev.billstep.page.Sha256;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilePageStoreTest {

  private static final JobId JOB = JobId.of("00000000-0000-4000-8000-000000000002");

  @TempDir
  Path folder;

  @Test
  void thePresentPagesLieWhereTheirNumberSaysBelowTheJob() {
    store().makeCurrent(JOB, 3, store().storePage(JOB, new byte[] { 1, 2 }));
    assertThat(folder.resolve("storage/jobs/" + JOB + "/page-3.png")).hasBinaryContent(new byte[] {
      1,
      2,
    });
  }

  @Test
  void anImageStaysWhenAnotherOneBecomesItsPages() {
    var first = store().storePage(JOB, new byte[] { 1 });
    store().makeCurrent(JOB, 3, first);
    store().makeCurrent(JOB, 3, store().storePage(JOB, new byte[] { 2 }));
    assertThat(store().fetch(first)).containsExactly(1);
    assertThat(folder.resolve("storage/jobs/" + JOB + "/page-3.png")).hasBinaryContent(new byte[] {
      2,
    });
  }

  @Test
  void anImageThatIsGoneIsNoPresentPage() throws IOException {
    var image = store().storePage(JOB, new byte[] { 1 });
    Files.delete(Path.of(image));
    assertThatThrownBy(() -> store().makeCurrent(JOB, 3, image))
      .isInstanceOf(BlobMissing.class)
      .hasMessageContaining(image.toString());
  }

  @Test
  void whoChangesAPresentPageDoesNotChangeWhatWasRead() throws IOException {
    var image = store().storePage(JOB, new byte[] { 1 });
    store().makeCurrent(JOB, 3, image);
    Files.write(folder.resolve("storage/jobs/" + JOB + "/page-3.png"), new byte[] { 9 });
    assertThat(store().fetch(image)).containsExactly(1);
  }

  @Test
  void anImageThatWasChangedIsNotGivenOutAsWhatItWas() throws IOException {
    var image = store().storePage(JOB, new byte[] { 1 });
    Files.write(Path.of(image), new byte[] { 9 });
    assertThatThrownBy(() -> store().fetch(image))
      .isInstanceOf(BlobChanged.class)
      .hasMessageContaining(image.toString());
    assertThat(store().storePage(JOB, new byte[] { 1 })).isEqualTo(image);
    assertThat(store().fetch(image)).as("stored again").containsExactly(1);
  }

  @Test
  void aPictureLiesByItsPagesNameAndIsCheckedByItsOwn() throws IOException {
    var picture = store().storePicture(JOB, "a".repeat(64), Picture.Format.JPEG, new byte[] { 1 });
    assertThat(Path.of(picture)).isEqualTo(
      folder.resolve(
        "storage/jobs/%s/pictures/%s/%s.jpg".formatted(
          JOB,
          "a".repeat(64),
          Sha256.of(new byte[] { 1 })
        )
      )
    );
    assertThat(store().fetch(picture)).containsExactly(1);
    Files.write(Path.of(picture), new byte[] { 9 });
    assertThatThrownBy(() -> store().fetch(picture)).isInstanceOf(BlobChanged.class);
  }

  @Test
  void pagesAreTheirOwners() throws IOException {
    store().storePage(JOB, new byte[] { 1 });
    for (var name : new String[] { "storage", "storage/jobs", "storage/jobs/" + JOB }) {
      assertThat(
        PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(name)))
      ).isEqualTo("rwx------");
    }
  }

  @Test
  void whatIsStoredIsFetchedByteForByte() {
    var uri = store().storePage(JOB, new byte[] { 0, -1, 127 });
    assertThat(store().fetch(uri)).isEqualTo(new byte[] { 0, -1, 127 });
  }

  @Test
  void storingAgainReplacesAndLeavesNothingBeside() throws IOException {
    store().storeRecord(JOB, "one", new byte[] { 1 });
    store().storeRecord(JOB, "one", new byte[] { 2 });
    try (var files = Files.list(folder.resolve("storage/jobs/" + JOB))) {
      assertThat(files)
        .singleElement()
        .satisfies(file -> assertThat(file).hasBinaryContent(new byte[] { 2 }));
    }
  }

  @Test
  void aFileOutsideTheRootIsNotThisStores() throws IOException {
    var outside = Files.write(folder.resolve("outside.png"), new byte[] { 1 });
    var sideways = URI.create(store().storePage(JOB, new byte[0]) + "/../../../../../outside.png");
    assertThatThrownBy(() -> store().fetch(outside.toUri())).isInstanceOf(BlobMissing.class);
    assertThatThrownBy(() -> store().fetch(sideways)).isInstanceOf(BlobMissing.class);
  }

  @Test
  void aRecordThatIsNotThereIsNotFound() {
    assertThat(store().findRecord(JOB, "results/none")).isEmpty();
  }

  private FilePageStore store() {
    return new FilePageStore(folder.resolve("storage"));
  }
}
