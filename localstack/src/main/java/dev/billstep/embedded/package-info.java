/** The whole stack on one machine: AWS emulator, PostgreSQL, Supabase, functions. */
@NullMarked
package dev.billstep.embedded;

import org.jspecify.annotations.NullMarked;
