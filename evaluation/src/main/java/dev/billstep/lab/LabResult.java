package dev.billstep.lab;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Models and prompts side by side.
 *
 * @param documents that there are
 * @param compared documents that every contender has read that has read any
 * @param spent on all of them
 * @param limitReached the sentence, where the spending limit has ended it
 */
public record LabResult(
  int documents,
  int compared,
  List<Standing> standings,
  Spent spent,
  Optional<String> limitReached
) {
  /** Whether every contender has read every document. */
  public boolean isComplete() {
    return standings.stream().allMatch(standing -> standing.read() == documents);
  }

  /** For programs: the figures that people see, and what they come from. */
  public Map<String, Object> json() {
    var json = new LinkedHashMap<String, Object>();
    json.put("documents", documents);
    json.put("compared", compared);
    json.put("complete", isComplete());
    limitReached.ifPresent(sentence -> json.put("limitReached", sentence));
    json.put("spent", spent);
    json.put("contenders", standings.stream().map(LabResult::json).toList());
    return json;
  }

  private static Map<String, Object> json(Standing standing) {
    var result = standing.result();
    var json = new LinkedHashMap<String, Object>();
    json.put("model", standing.model());
    json.put("prompts", standing.prompts());
    json.put("read", standing.read());
    standing.outBecause().ifPresent(sentence -> json.put("outBecause", sentence));
    json.put("pages", standing.pages());
    json.put("classification", result.accuracy());
    json.put("identifyingF1", result.identifying().f1());
    json.put("cellsF1", result.rows().f1());
    json.put(
      "trust",
      Map.of("right", result.trust().share(), "coverage", result.trust().coverage())
    );
    standing.usdAPage().ifPresent(usd -> json.put("usdAPage", usd));
    json.put("secondsAPage", standing.secondsAPage());
    json.put("spent", standing.spent());
    json.put("result", result);
    return json;
  }
}
