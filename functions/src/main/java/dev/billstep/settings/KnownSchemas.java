package dev.billstep.settings;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.doctype.DocType;
import dev.billstep.doctype.DocTypeSchema;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;

/**
 * Reads the schemas of the doc types that this release knows. While functions are being deployed, or
 * taken back, the run may have been claimed by one that knows more.
 */
final class KnownSchemas extends JsonDeserializer<Map<DocType, DocTypeSchema>> {

  @Override
  public Map<DocType, DocTypeSchema> deserialize(JsonParser json, DeserializationContext context)
    throws IOException {
    var known = new EnumMap<DocType, DocTypeSchema>(DocType.class);
    JsonNode schemas = context.readTree(json);
    for (var each : schemas.properties()) {
      var type = DocType.ofLabel(each.getKey());
      if (type.isPresent()) {
        known.put(type.get(), context.readTreeAsValue(each.getValue(), DocTypeSchema.class));
      }
    }
    return known;
  }
}
