/** The types of page there are, and what is read from each: schemas and prompts, by version. Knows nothing else of ours. */
@NullMarked
package dev.billstep.doctype;

import org.jspecify.annotations.NullMarked;
