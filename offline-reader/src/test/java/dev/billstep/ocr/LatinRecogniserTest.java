package dev.billstep.ocr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import com.google.protobuf.UnknownFieldSet.Field;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Of a model as small as one can be: its last layer has a column for each of its classes. */
class LatinRecogniserTest {

  private static final int GRAPH = 7;
  private static final int PROPERTIES = 14;
  private static final int NODES = 1;
  private static final int WEIGHTS = 5;
  private static final int OUTPUTS = 12;
  private static final int VALUES = 13;
  private static final int SIZES = 1;
  private static final int NUMBERS = 9;
  private static final int TYPE = 2;

  /** With none in front and the space at the end, 7 classes. */
  private static final String CHARACTERS = "中\nA\n文\n₹\n9";

  @Test
  void onlyCharactersOfTheLatinScriptAndSignsOfBillsAreLeftAndTheSpace() {
    assertThat(LatinRecogniser.of(model()).characters()).containsExactly("A", "₹", "9", " ");
  }

  @Test
  void ofTheLastLayerTheColumnsOfTheOtherCharactersAreGone() throws Exception {
    var weights = graph(LatinRecogniser.of(model())).getField(WEIGHTS).getLengthDelimitedList();
    // Classes: none, 中, A, 文, ₹, 9, space.
    assertThat(numbers(weights.get(0))).containsExactly(0, 2, 4, 5, 6, 7, 9, 11, 12, 13);
    assertThat(sizes(weights.get(0))).containsExactly(2L, 5L);
    assertThat(numbers(weights.get(1))).containsExactly(0, 2, 4, 5, 6);
  }

  @Test
  void whatHasNoColumnForEachClassStaysAsItIs() throws Exception {
    var weights = graph(LatinRecogniser.of(model())).getField(WEIGHTS).getLengthDelimitedList();
    assertThat(weights.get(2)).isEqualTo(tensor(7, 3));
    assertThat(graph(LatinRecogniser.of(model())).getField(NODES).getLengthDelimitedList()).hasSize(
      1
    );
  }

  @Test
  void nothingInTheModelSaysAnyMoreHowManyClassesThereWere() throws Exception {
    var graph = graph(LatinRecogniser.of(model()));
    assertThat(graph.hasField(VALUES)).isFalse();
    var output = UnknownFieldSet.parseFrom(
      graph.getField(OUTPUTS).getLengthDelimitedList().getFirst()
    );
    assertThat(output.hasField(TYPE)).isFalse();
    assertThat(output.getField(1).getLengthDelimitedList().getFirst().toStringUtf8()).isEqualTo(
      "out"
    );
  }

  @Test
  void aModelThatDoesNotSayItsCharactersIsRefused() {
    var silent = message().addField(GRAPH, bytes(message().build())).build().toByteArray();
    assertThatExceptionOfType(OcrFailed.class)
      .isThrownBy(() -> LatinRecogniser.of(silent))
      .withMessageContaining("which characters it knows");
  }

  @Test
  void whatIsNoModelIsRefused() {
    assertThatExceptionOfType(OcrFailed.class)
      .isThrownBy(() ->
        LatinRecogniser.of("version https://git-lfs".getBytes(StandardCharsets.UTF_8))
      )
      .withMessageContaining("no ONNX file");
  }

  private static byte[] model() {
    var graph = message()
      .addField(NODES, text("node"))
      .addField(
        WEIGHTS,
        Field.newBuilder()
          .addLengthDelimited(tensor(2, 7))
          .addLengthDelimited(tensor(7))
          .addLengthDelimited(tensor(7, 3))
          .build()
      )
      .addField(
        OUTPUTS,
        bytes(message().addField(1, text("out")).addField(TYPE, text("7 classes")).build())
      )
      .addField(VALUES, text("7 classes"))
      .build();
    return message()
      .addField(GRAPH, bytes(graph))
      .addField(
        PROPERTIES,
        bytes(message().addField(1, text("character")).addField(2, text(CHARACTERS)).build())
      )
      .build()
      .toByteArray();
  }

  /** Numbers from 0 on. */
  private static ByteString tensor(int... sizes) {
    var ofSizes = Field.newBuilder();
    int count = 1;
    for (int size : sizes) {
      ofSizes.addVarint(size);
      count *= size;
    }
    var numbers = ByteBuffer.allocate(count * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int number = 0; number < count; number++) {
      numbers.putFloat(number);
    }
    return message()
      .addField(SIZES, ofSizes.build())
      .addField(
        NUMBERS,
        Field.newBuilder().addLengthDelimited(ByteString.copyFrom(numbers.flip())).build()
      )
      .build()
      .toByteString();
  }

  private static UnknownFieldSet graph(LatinRecogniser recogniser)
    throws InvalidProtocolBufferException {
    var model = UnknownFieldSet.parseFrom(recogniser.onnx());
    return UnknownFieldSet.parseFrom(model.getField(GRAPH).getLengthDelimitedList().getFirst());
  }

  private static float[] numbers(ByteString tensor) throws InvalidProtocolBufferException {
    var bytes = UnknownFieldSet.parseFrom(tensor)
      .getField(NUMBERS)
      .getLengthDelimitedList()
      .getFirst();
    FloatBuffer floats = bytes
      .asReadOnlyByteBuffer()
      .order(ByteOrder.LITTLE_ENDIAN)
      .asFloatBuffer();
    var numbers = new float[floats.remaining()];
    floats.get(numbers);
    return numbers;
  }

  private static Iterable<Long> sizes(ByteString tensor) throws InvalidProtocolBufferException {
    return UnknownFieldSet.parseFrom(tensor).getField(SIZES).getVarintList();
  }

  private static UnknownFieldSet.Builder message() {
    return UnknownFieldSet.newBuilder();
  }

  private static Field text(String text) {
    return Field.newBuilder().addLengthDelimited(ByteString.copyFromUtf8(text)).build();
  }

  private static Field bytes(UnknownFieldSet message) {
    return Field.newBuilder().addLengthDelimited(message.toByteString()).build();
  }
}
