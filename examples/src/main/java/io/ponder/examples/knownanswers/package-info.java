/**
 * Cases with an answer that nobody here invented: closed forms, published numbers, independent solutions. A
 * {@link io.ponder.examples.knownanswers.KnownAnswer} measures one of them and says how far off it may be;
 * {@link io.ponder.examples.knownanswers.KnownAnswers} runs them and prints one table. A new case is one small class and a line in the list.
 */
@NullMarked
package io.ponder.examples.knownanswers;

import org.jspecify.annotations.NullMarked;
