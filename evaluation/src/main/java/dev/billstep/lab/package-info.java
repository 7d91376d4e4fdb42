/**
 * The model lab: the same documents read by several models and prompts, by the pipeline's own steps, side by
 * side. May use the domain of {@code functions}, its folder of pages, and {@code evaluation}; knows no provider
 * by name, no stack and no command.
 */
@NullMarked
package dev.billstep.lab;

import org.jspecify.annotations.NullMarked;
