/** Failures as types: what went wrong, with the facts in it, and whether trying again can help. */
@NullMarked
package dev.billstep.failure;

import org.jspecify.annotations.NullMarked;
