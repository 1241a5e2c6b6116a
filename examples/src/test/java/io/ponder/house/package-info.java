/**
 * Holds the lines of the house: which module may see which, and what no code here does. Every rule is run on the real
 * classes and on a class that breaks it.
 */
@NullMarked
package io.ponder.house;

import org.jspecify.annotations.NullMarked;
