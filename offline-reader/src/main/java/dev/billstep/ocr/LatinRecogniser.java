package dev.billstep.ocr;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import com.google.protobuf.UnknownFieldSet.Field;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The recogniser cut down to the characters that bills in Latin script have: its last layer gives a
 * probability for each of 18,710, nearly all of them Chinese, which takes a sixth of its time.
 *
 * @param onnx the model
 * @param characters what its classes from the second on stand for; the first is none
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record LatinRecogniser(byte[] onnx, List<String> characters) {
  /** Classes around the characters: none of them in front, the space at the end. */
  private static final int OTHER_CLASSES = 2;

  static LatinRecogniser of(byte[] whole) {
    try {
      var model = UnknownFieldSet.parseFrom(whole);
      var characters = characters(model);
      var kept = IntStream.range(0, characters.size())
        .filter(i -> isLatin(characters.get(i)))
        .boxed()
        .toList();
      var classes = Stream.of(
        Stream.of(0),
        kept.stream().map(i -> i + 1),
        Stream.of(characters.size() + 1)
      )
        .flatMap(numbers -> numbers)
        .toList();
      var cut = new Cut(characters.size() + OTHER_CLASSES, classes).of(model);
      var known = Stream.concat(kept.stream().map(characters::get), Stream.of(" ")).toList();
      return new LatinRecogniser(cut.toByteArray(), known);
    } catch (InvalidProtocolBufferException e) {
      throw new OcrFailed("its model is no ONNX file", e);
    }
  }

  /** Latin-1, general punctuation, and signs that stand beside amounts and measures. */
  private static boolean isLatin(String character) {
    int code = character.codePointAt(0);
    return (
      character.length() == 1 &&
      (code < 0x100 || (code >= 0x2010 && code <= 0x2044) || "₹€№™Ω".indexOf(code) >= 0)
    );
  }

  private static List<String> characters(UnknownFieldSet model)
    throws InvalidProtocolBufferException {
    for (var property : messages(model, Onnx.MODEL_PROPERTIES)) {
      if (text(property, Onnx.PROPERTY_KEY).equals("character")) {
        return List.of(text(property, Onnx.PROPERTY_VALUE).split("\n", -1));
      }
    }
    throw new OcrFailed("its model does not say which characters it knows", null);
  }

  private static List<UnknownFieldSet> messages(UnknownFieldSet message, int field)
    throws InvalidProtocolBufferException {
    var messages = new ArrayList<UnknownFieldSet>();
    for (var bytes : message.getField(field).getLengthDelimitedList()) {
      messages.add(UnknownFieldSet.parseFrom(bytes));
    }
    return messages;
  }

  private static String text(UnknownFieldSet message, int field) {
    return message.getField(field).getLengthDelimitedList().getFirst().toStringUtf8();
  }

  /** Leaves of a model's classes some. */
  private record Cut(int classCount, List<Integer> kept) {
    UnknownFieldSet of(UnknownFieldSet model) throws InvalidProtocolBufferException {
      var graph = messages(model, Onnx.MODEL_GRAPH).getFirst();
      var weights = Field.newBuilder();
      for (var bytes : graph.getField(Onnx.GRAPH_WEIGHTS).getLengthDelimitedList()) {
        weights.addLengthDelimited(weight(bytes));
      }
      var outputs = Field.newBuilder();
      for (var output : messages(graph, Onnx.GRAPH_OUTPUTS)) {
        outputs.addLengthDelimited(withoutType(output));
      }
      var cut = UnknownFieldSet.newBuilder(graph)
        .clearField(Onnx.GRAPH_VALUES)
        .clearField(Onnx.GRAPH_WEIGHTS)
        .clearField(Onnx.GRAPH_OUTPUTS)
        .addField(Onnx.GRAPH_WEIGHTS, weights.build())
        .addField(Onnx.GRAPH_OUTPUTS, outputs.build())
        .build();
      return UnknownFieldSet.newBuilder(model)
        .clearField(Onnx.MODEL_GRAPH)
        .addField(
          Onnx.MODEL_GRAPH,
          Field.newBuilder().addLengthDelimited(cut.toByteString()).build()
        )
        .build();
    }

    private ByteString weight(ByteString bytes) throws InvalidProtocolBufferException {
      var tensor = UnknownFieldSet.parseFrom(bytes);
      var sizes = tensor.getField(Onnx.TENSOR_SIZES).getVarintList();
      return sizes.isEmpty() || sizes.getLast() != classCount ? bytes : cut(tensor, sizes);
    }

    private ByteString cut(UnknownFieldSet tensor, List<Long> sizes) {
      var cutSizes = Field.newBuilder();
      sizes.subList(0, sizes.size() - 1).forEach(cutSizes::addVarint);
      cutSizes.addVarint(kept.size());
      var numbers = tensor.getField(Onnx.TENSOR_NUMBERS).getLengthDelimitedList().getFirst();
      return UnknownFieldSet.newBuilder(tensor)
        .clearField(Onnx.TENSOR_SIZES)
        .clearField(Onnx.TENSOR_NUMBERS)
        .addField(Onnx.TENSOR_SIZES, cutSizes.build())
        .addField(
          Onnx.TENSOR_NUMBERS,
          Field.newBuilder().addLengthDelimited(columns(numbers)).build()
        )
        .build()
        .toByteString();
    }

    private ByteString columns(ByteString numbers) {
      var all = numbers.asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
      int rows = all.remaining() / classCount;
      var columns = ByteBuffer.allocate(rows * kept.size() * Float.BYTES).order(
        ByteOrder.LITTLE_ENDIAN
      );
      for (int row = 0; row < rows; row++) {
        for (int column : kept) {
          columns.putFloat(all.get(row * classCount + column));
        }
      }
      return ByteString.copyFrom(columns.flip());
    }

    /** The type says how many classes there are; ONNX Runtime works it out. */
    private static ByteString withoutType(UnknownFieldSet output) {
      return UnknownFieldSet.newBuilder(output).clearField(Onnx.VALUE_TYPE).build().toByteString();
    }
  }

  /** Numbers of fields in onnx.proto, which has not changed them since 2017. */
  private static final class Onnx {

    static final int MODEL_GRAPH = 7;
    static final int MODEL_PROPERTIES = 14;
    static final int PROPERTY_KEY = 1;
    static final int PROPERTY_VALUE = 2;
    static final int GRAPH_WEIGHTS = 5;
    static final int GRAPH_OUTPUTS = 12;
    static final int GRAPH_VALUES = 13;
    static final int VALUE_TYPE = 2;
    static final int TENSOR_SIZES = 1;
    static final int TENSOR_NUMBERS = 9;
  }
}
