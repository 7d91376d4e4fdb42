/**
 * Reads the text of a page's image with the models of PP-OCRv6: where its lines are, what they say,
 * and how certain that is. It knows nothing of bills, and of this project only the failures.
 */
@NullMarked
package dev.billstep.ocr;

import org.jspecify.annotations.NullMarked;
