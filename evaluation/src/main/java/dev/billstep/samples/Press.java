package dev.billstep.samples;

/** What a document is printed with. */
record Press(FontFamily family, Manner manner) {}
