package dev.billstep.export;

import com.fasterxml.jackson.databind.SequenceWriter;
import dev.billstep.json.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Pages as JSON, with all of their fields. */
public final class JsonDocs implements DocWriter {

  private final SequenceWriter writer;
  private final OutputStream out;

  private JsonDocs(SequenceWriter writer, OutputStream out) {
    this.writer = writer;
    this.out = out;
  }

  /** One array of all. */
  public static JsonDocs array(OutputStream out) throws IOException {
    return new JsonDocs(Json.mapper().writer().writeValuesAsArray(new Unclosed(out)), out);
  }

  /** One on each line ("JSON Lines", jsonlines.org). */
  public static JsonDocs lines(OutputStream out) throws IOException {
    var writer = Json.mapper().writer().withRootValueSeparator("\n").writeValues(new Unclosed(out));
    return new JsonDocs(writer, out);
  }

  @Override
  public void write(ExportedDoc doc) throws IOException {
    writer.write(doc);
  }

  @Override
  public void close() throws IOException {
    writer.close();
    out.write("\n".getBytes(StandardCharsets.UTF_8));
    out.flush();
  }
}
