package dev.billstep.samples;

import java.util.List;
import java.util.Locale;

/** A script that bills carry beside the Latin one: in names, headings, addresses and thanks. */
public enum Script {
  DEVANAGARI(
    Character.UnicodeScript.DEVANAGARI,
    "॥ श्री गणेशाय नमः ॥",
    "१२, महात्मा गांधी मार्ग|दुकान नं. ७, स्टेशन रोड|गाळा क्र. ४५, औद्योगिक वसाहत",
    "श्री गणेश ट्रेडर्स|महालक्ष्मी स्टील उद्योग|अन्नपूर्णा किराणा भंडार",
    "बिल क्र.",
    "दिनांक",
    "धन्यवाद, पुनः पधारें"
  ),
  GUJARATI(
    Character.UnicodeScript.GUJARATI,
    "॥ શ્રી ગણેશાય નમઃ ॥",
    "૧૨, મહાત્મા ગાંધી માર્ગ|દુકાન નં. ૭, સ્ટેશન રોડ|પ્લોટ નં. ૪૫, જી.આઈ.ડી.સી.",
    "શ્રી ગણેશ ટ્રેડર્સ|મહાલક્ષ્મી સ્ટીલ ઉદ્યોગ|અન્નપૂર્ણા કરિયાણા ભંડાર",
    "બિલ નં.",
    "તારીખ",
    "આભાર, ફરી પધારશો"
  );

  private static final String SEPARATOR = "\\|";

  private final Character.UnicodeScript letters;
  private final String invocation;
  private final String streets;
  private final String names;
  private final String number;
  private final String date;
  private final String thanks;

  Script(
    Character.UnicodeScript letters,
    String invocation,
    String streets,
    String names,
    String number,
    String date,
    String thanks
  ) {
    this.letters = letters;
    this.invocation = invocation;
    this.streets = streets;
    this.names = names;
    this.number = number;
    this.date = date;
    this.thanks = thanks;
  }

  boolean has(int character) {
    var script = Character.UnicodeScript.of(character);
    // The double danda stands in the block of Devanagari for all scripts of India.
    return script == letters || character == '॥' || character == '।';
  }

  String font() {
    return "/fonts/NotoSans%s_400Regular.ttf".formatted(
      name().charAt(0) + name().substring(1).toLowerCase(Locale.ROOT)
    );
  }

  /** What pious sellers begin a page with. */
  String invocation() {
    return invocation;
  }

  List<String> streets() {
    return List.of(streets.split(SEPARATOR));
  }

  List<String> names() {
    return List.of(names.split(SEPARATOR));
  }

  /** What comes before a bill's number. */
  String number() {
    return number;
  }

  String date() {
    return date;
  }

  String thanks() {
    return thanks;
  }
}
