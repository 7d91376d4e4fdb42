/**
 * All that a kept stack has, in one file: made while it runs, and made into a stack's folder again.
 * Knows the folder and the database in it.
 */
@NullMarked
package dev.billstep.backup;

import org.jspecify.annotations.NullMarked;
