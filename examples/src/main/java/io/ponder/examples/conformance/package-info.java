/**
 * Replays golden files of other systems and says where Ponder differs. Every kind of file has a class of its own; nothing here is
 * needed to plan or to learn.
 */
@NullMarked
package io.ponder.examples.conformance;

import org.jspecify.annotations.NullMarked;
