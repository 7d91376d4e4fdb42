package dev.billstep.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.billstep.doctype.DocType;
import dev.billstep.settings.JobSettings;
import dev.billstep.settings.ModelSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PromptSetTest {

  @TempDir
  Path folder;

  @Test
  void theNewestAreThoseOfANewDatabase() {
    var settings = settings(PromptSet.NEWEST);
    assertThat(settings.classifyPrompt().version()).isEqualTo("classify-2");
    assertThat(settings.schemaOf(DocType.BILL).prompt().version()).isEqualTo("bill-2");
    assertThat(settings.schemaOf(DocType.EWAY_BILL).prompt().version()).isEqualTo("eway-bill-2");
    assertThat(settings.schemaOf(DocType.BILL).version()).isEqualTo(2);
  }

  @Test
  void anEarlierVersionAsksForTheSameFieldsInItsOwnWords() {
    var newest = settings(PromptSet.NEWEST);
    var first = settings(PromptSet.ofVersion(1));
    assertThat(first.schemaOf(DocType.BILL).prompt().version()).isEqualTo("bill-1");
    assertThat(first.schemaOf(DocType.BILL).schema()).isEqualTo(
      newest.schemaOf(DocType.BILL).schema()
    );
    assertThatThrownBy(() -> settings(PromptSet.ofVersion(0)))
      .isInstanceOf(PromptsInvalid.class)
      .hasMessageContaining("no prompts of version 0");
    assertThatThrownBy(() -> settings(PromptSet.ofVersion(9))).hasMessageContaining(
      "There are no prompts of version 9; the newest is 2."
    );
  }

  @Test
  void onesOwnPromptTakesThePlaceOfTheNewest() throws IOException {
    Files.writeString(folder.resolve("bill.md"), "Read the bill.");
    var settings = settings(PromptSet.ofFolder(folder));
    assertThat(settings.schemaOf(DocType.BILL).prompt().text()).isEqualTo("Read the bill.");
    assertThat(settings.classifyPrompt().version()).isEqualTo("classify-2");
  }

  @Test
  void aPromptThatIsNeverAskedIsNamed() throws IOException {
    assertThatThrownBy(() -> PromptSet.ofFolder(folder)).hasMessageContaining("There is no prompt");
    Files.writeString(folder.resolve("bil.md"), "Read the bill.");
    assertThatThrownBy(() -> PromptSet.ofFolder(folder))
      .isInstanceOf(PromptsInvalid.class)
      .hasMessageContaining("bil.md is no prompt")
      .hasMessageContaining("eway_bill.md");
  }

  private static JobSettings settings(PromptSet prompts) {
    return Contender.of(
      Path.of("../prisma"),
      ModelSettings.of("openai", "m-1"),
      prompts,
      Map.of()
    ).settings();
  }
}
