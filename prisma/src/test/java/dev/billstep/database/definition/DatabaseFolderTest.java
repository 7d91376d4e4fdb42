package dev.billstep.database.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the files of {@code prisma/} are read. */
class DatabaseFolderTest {

  @TempDir
  Path path;

  @Test
  void aVersionWithoutAPromptIsReadWithThatOfTheVersionBefore() throws IOException {
    write("doctypes/eway_bill/v1.schema.json", "{\"title\": \"one\"}\n");
    write("doctypes/eway_bill/v1.prompt.md", "Read it.\n");
    write("doctypes/eway_bill/v2.schema.json", "{\"title\": \"two\"}\n");

    assertThat(new DatabaseFolder(path).docTypes()).containsExactly(
      new DocTypeFile("eway_bill", 1, "{\"title\": \"one\"}", "Read it.", 1),
      new DocTypeFile("eway_bill", 2, "{\"title\": \"two\"}", "Read it.", 1)
    );
  }

  @Test
  void versionsAreOrderedByNumber() throws IOException {
    write("doctypes/bill/v1.prompt.md", "Read it.");
    for (int version = 1; version <= 11; version++) {
      write("doctypes/bill/v%d.schema.json".formatted(version), "{}");
    }

    assertThat(new DatabaseFolder(path).docTypes())
      .extracting(DocTypeFile::version)
      .containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
  }

  @Test
  void aDocTypeNeedsAPrompt() throws IOException {
    write("doctypes/bill/v1.schema.json", "{}");

    assertThatThrownBy(() -> new DatabaseFolder(path).docTypes()).hasMessage(
      "prisma/doctypes/bill/v1.schema.json: it has no prompt beside it"
    );
  }

  @Test
  void aDocTypeNeedsASchema() throws IOException {
    write("doctypes/bill/v1.prompt.md", "Read it.");

    assertThatThrownBy(() -> new DatabaseFolder(path).docTypes()).hasMessage(
      "prisma/doctypes/bill: it has no v1.schema.json"
    );
  }

  @Test
  void theNewestVersionOfAPromptCounts() throws IOException {
    write("settings/classify.prompt/v9.md", "What is it?\n");
    write("settings/classify.prompt/v10.md", "What's it?\n");

    assertThat(new DatabaseFolder(path).settings()).containsExactly(
      new SettingFile(
        "classify.prompt",
        "settings/classify.prompt/v10.md",
        "jsonb_build_object('version', 'classify-10', 'text', $prompt$What's it?$prompt$)"
      )
    );
  }

  @Test
  void aSettingIsNamedByItsFile() throws IOException {
    write("settings/split.limits.json", "{\"note\": \"it's\"}\n");

    assertThat(new DatabaseFolder(path).settings()).containsExactly(
      new SettingFile("split.limits", "settings/split.limits.json", "'{\"note\": \"it''s\"}'")
    );
  }

  @Test
  void aTextWithTheQuotesOfItsOwnIsQuotedOtherwise() {
    assertThat(Sql.lines("prompt", "$prompt$")).isEqualTo("$prompt_$$prompt$$prompt_$");
  }

  private void write(String file, String text) throws IOException {
    PrismaFolders.write(new DatabaseFolder(path), file, text);
  }
}
