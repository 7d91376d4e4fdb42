package dev.billstep.operation;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.supabase.SupabaseClient;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What reviewers have corrected, over all pages: the newest word on each field counts. */
public final class FieldCorrections {

  /** In the order in which they were made. */
  private static final String OLDEST_FIRST = "doc_id.asc,doc_version.asc,position.asc,id.asc";

  /** As schemas name them; a line's key has digits in it. */
  private static final Pattern FIELD = Pattern.compile("[a-z_]+");

  private final List<JsonNode> standing;

  private FieldCorrections(List<JsonNode> standing) {
    this.standing = standing;
  }

  /** Of all users. */
  public static FieldCorrections of(SupabaseClient supabase) {
    var newest = new LinkedHashMap<String, JsonNode>();
    supabase
      .select(
        "DocCorrection",
        OLDEST_FIRST,
        Map.of("select", "id,doc_id,doc_type,path,base,new,withdrawn,doc_version,position")
      )
      .forEach(each -> newest.put(each.path("doc_id").asText() + each.path("path").asText(), each));
    return new FieldCorrections(
      newest.values().stream().filter(FieldCorrections::changesAnything).toList()
    );
  }

  /** What was said to be right, or was taken back, is as it was read. */
  private static boolean changesAnything(JsonNode correction) {
    return (
      !correction.path("withdrawn").asBoolean() &&
      !correction.path("base").equals(correction.path("new"))
    );
  }

  /**
   * How often a field was read wrongly, as people have found it.
   *
   * @param field as the type's schema has it; of a table's lines with the table before it, and of what the page is
   *     {@code doc_type}
   */
  public record Count(String type, String field, long corrections) {}

  /** Those that were corrected most come first. */
  public List<Count> counts() {
    record Field(String type, String name) {}
    return standing
      .stream()
      .collect(
        groupingBy(each -> new Field(each.path("doc_type").asText(), name(each)), counting())
      )
      .entrySet()
      .stream()
      .map(each -> new Count(each.getKey().type(), each.getKey().name(), each.getValue()))
      .sorted(
        Comparator.comparingLong(Count::corrections)
          .reversed()
          .thenComparing(Count::type)
          .thenComparing(Count::field)
      )
      .toList();
  }

  /** Ids of the rows that say something else than what was read. */
  public Set<String> docs() {
    return standing
      .stream()
      .map(each -> each.path("doc_id").asText())
      .collect(Collectors.toSet());
  }

  private static String name(JsonNode correction) {
    var path = correction.path("path").asText();
    var parts = path.split("/", -1);
    if (path.isEmpty()) {
      return "doc_type";
    }
    boolean isOfALine = parts.length > 2 && !FIELD.matcher(parts[2]).matches();
    return isOfALine
      ? parts[1] + (parts.length > 3 ? " " + parts[3] : " (whole line)")
      : path.substring(1).replace('/', ' ');
  }
}
