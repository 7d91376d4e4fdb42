package dev.billstep.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.billstep.doc.Evidence;
import dev.billstep.doctype.DocType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LeaveOneOutTest {

  private final List<PageScore> pages = new ArrayList<>();

  @Test
  void aFamilysConfidenceIsThatOfTheOthers() {
    add("GOOD", 50, true);
    add("ALSO_GOOD", 50, true);
    add("BAD", 50, false);
    var families = LeaveOneOut.of(pages).families();
    assertThat(families.get("BAD")).allSatisfy(page ->
      assertThat(page.confidence()).isGreaterThan(0.9)
    );
    assertThat(families.get("GOOD")).allSatisfy(page ->
      assertThat(page.confidence()).isLessThan(0.7)
    );
  }

  @Test
  void theTableSaysWhatIsFittedAndWhatIsNot() {
    add("GOOD", 3, true);
    add("BAD", 2, false);
    assertThat(LeaveOneOut.of(pages).table())
      .contains("fitted to no document", "FAMILY LEFT OUT", "GOOD", "BAD")
      .containsPattern("CONFIDENCE +PAGES");
  }

  @Test
  void oneFamilyCanNotBeLeftOut() {
    add("ONE", 2, true);
    assertThatIllegalArgumentException().isThrownBy(() -> LeaveOneOut.of(pages));
  }

  private void add(String family, int count, boolean isRight) {
    for (int number = 1; number <= count; number++) {
      pages.add(
        new PageScore(
          family + number,
          1,
          family,
          "bill",
          "bill",
          false,
          Set.of(),
          0.5,
          Optional.of(new Evidence(DocType.BILL, 0.9, Set.of())),
          Map.of("grand_total", isRight ? Score.RIGHT : Score.WRONG)
        )
      );
    }
  }
}
