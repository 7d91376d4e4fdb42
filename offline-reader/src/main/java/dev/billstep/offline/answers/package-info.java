/** A reading as it is given: fields of the schema, the words that each was read from, and doubts. */
@NullMarked
package dev.billstep.offline.answers;

import org.jspecify.annotations.NullMarked;
