/** A reader that needs no network: the PDF's own text or PP-OCR, then rules. */
@NullMarked
package dev.billstep.offline;

import org.jspecify.annotations.NullMarked;
